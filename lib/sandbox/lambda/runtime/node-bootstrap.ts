/**
 * What runs in the child of a Node.js function, before its code: it takes the function's variables and then invocations from file
 * descriptor 3, one JSON a line, and answers there. Plain JavaScript in a string, because it is written beside the function's code and must need nothing else.
 * AWS Lambda Developer Guide, "Define Lambda function handler in Node.js", for handlers, errors and log lines.
 * @module
 */
import { NODE_GUARD } from './node-guard';

export const NODE_BOOTSTRAP = String.raw`${NODE_GUARD}
import { existsSync } from 'node:fs';
import { Socket } from 'node:net';
import { pathToFileURL } from 'node:url';
import util from 'node:util';

const channel = new Socket({ fd: 3 });
const tell = (message) => channel.write(JSON.stringify(message) + '\n');
let requestId = '';

const logTo = () => (chunk, encoding, done) => {
  tell({ log: typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString() });
  const callback = typeof encoding === 'function' ? encoding : done;
  if (callback) callback();
  return true;
};
process.stdout.write = logTo();
process.stderr.write = logTo();
const levels = { log: 'INFO', info: 'INFO', warn: 'WARN', error: 'ERROR', debug: 'DEBUG', trace: 'TRACE' };
for (const [name, level] of Object.entries(levels)) {
  console[name] = (...parts) =>
    tell({ log: [new Date().toISOString(), requestId, level, util.format(...parts)].join('\t') + '\n' });
}

const errorOf = (error) =>
  error instanceof Error || (error && typeof error === 'object' && 'message' in error)
    ? {
        errorType: String(error.name ?? 'Error'),
        errorMessage: String(error.message),
        trace: String(error.stack ?? '').split('\n'),
      }
    : { errorType: typeof error, errorMessage: String(error), trace: [] };
const runtimeError = (name, message) => Object.assign(new Error(message), { name });

async function loadHandler() {
  const [, file, members] = /^((?:.*\/)?[^./]*)\.([^/]*)$/.exec(process.env._HANDLER) ?? [];
  if (!file || !members) throw runtimeError('Runtime.MalformedHandlerName', 'Bad handler');
  const names = members.split('.');
  const base = path.resolve(process.env.LAMBDA_TASK_ROOT, file);
  const found = ['.js', '.mjs', '.cjs'].map((ending) => base + ending).find((name) => existsSync(name));
  if (!found) throw runtimeError('Runtime.ImportModuleError', "Error: Cannot find module '" + file + "'");
  let module;
  try {
    module = await import(pathToFileURL(found).href);
  } catch (error) {
    if (error instanceof SyntaxError) throw runtimeError('Runtime.UserCodeSyntaxError', String(error));
    if (error?.code === 'ERR_MODULE_NOT_FOUND' || error?.code === 'MODULE_NOT_FOUND') {
      throw runtimeError('Runtime.ImportModuleError', 'Error: ' + error.message.split('\n')[0]);
    }
    throw error;
  }
  const member = (root) => names.reduce((value, name) => value?.[name], root);
  const handler = member(module) ?? member(module.default);
  if (typeof handler !== 'function') {
    throw runtimeError('Runtime.HandlerNotFound', process.env._HANDLER + ' is undefined or not exported');
  }
  return handler;
}

const contextOf = ({ id, deadline, arn }) => ({
  callbackWaitsForEmptyEventLoop: true,
  functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
  functionVersion: process.env.AWS_LAMBDA_FUNCTION_VERSION,
  invokedFunctionArn: arn,
  memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
  awsRequestId: id,
  logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME,
  logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
  getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
});

const call = (handler, event, context) =>
  new Promise((resolve, reject) => {
    const done = (error, result) => (error === undefined || error === null ? resolve(result) : reject(error));
    const returned = handler(event, { ...context, done, succeed: resolve, fail: reject }, done);
    if (typeof returned?.then === 'function') returned.then(resolve, reject);
    else if (handler.length < 3 && returned !== undefined) resolve(returned);
    else if (handler.length < 2) resolve(returned);
  });

process.on('uncaughtException', (error) => {
  tell({ id: requestId, error: errorOf(error), exit: true });
  setTimeout(() => process.exit(1), 50);
});
process.on('unhandledRejection', (reason) => {
  const error = runtimeError('Runtime.UnhandledPromiseRejection', String(reason));
  tell({ id: requestId, error: errorOf(error), exit: true });
  setTimeout(() => process.exit(1), 50);
});

let loading;
async function serve(invocation) {
  requestId = invocation.id;
  process.env._X_AMZN_TRACE_ID = invocation.trace;
  try {
    loading ??= loadHandler();
    const result = await call(await loading, JSON.parse(invocation.event), contextOf(invocation));
    tell({ id: invocation.id, result: JSON.stringify(result) ?? 'null' });
  } catch (error) {
    const told = errorOf(error);
    console.error('Invoke Error', JSON.stringify({ ...told, stack: told.trace }));
    tell({ id: invocation.id, error: told });
  }
}

const setVariables = ({ environment }) => {
  for (const [name, value] of Object.entries(environment)) process.env[name] ??= value;
};

let rest = '';
let take = (line) => {
  setVariables(JSON.parse(line));
  take = (next) => void serve(JSON.parse(next));
};
channel.setEncoding('utf8');
channel.on('data', (text) => {
  const lines = (rest + text).split('\n');
  rest = lines.pop();
  for (const line of lines) take(line);
});
channel.on('end', () => process.exit(0));
channel.on('error', () => process.exit(0));
`;
