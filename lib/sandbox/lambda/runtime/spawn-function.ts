import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { Writable } from 'node:stream';
import { ApiError } from '@/lib/sandbox/api-error';
import type { FunctionRecord } from '@/lib/sandbox/lambda/lambda-tables';
import type { FunctionDirectory } from './function-directory';
import type { Program } from './program';
import { sdkPackages } from './sdk-packages';

/** As long as Lambda's longest invocation: what the watch below misses ends here. */
const PROCESSOR_SECONDS_MAX = 900;

/**
 * What a runtime needs beside the memory that a function has. Node.js: threads, compiled code, the young generation; 48 MB when it does
 * nothing. Python: the interpreter and boto3.
 */
const RUNTIME_MEGABYTES = { node: 256, python: 64 };

/** All that a process of a function may take. */
export const memoryMegabytesOf = ({ language }: Program, { memoryMegabytes }: FunctionRecord): number =>
  memoryMegabytes + RUNTIME_MEGABYTES[language];

/**
 * `ulimit` is the shell's own, and what it sets holds for what it becomes; one that is lower already stays. Before that it leaves a
 * watch behind that reads from descriptor 4: when that ends, because this process or the function has, the watch ends the whole group.
 * So a sandbox that was killed leaves no handler computing.
 */
const limited = (limits: string) =>
  `${limits}; (exec >&- 2>&- 3>&-; read -r _ <&4; kill -9 0) & exec "$@" 4<&-`;

/** Lambda quotas, "File descriptors". Each may be a connection to the sandbox. */
const DESCRIPTORS_MAX = 1024;

/** Where functions find the sandbox, and as whom. */
export type FunctionHost = { endpoint: string; region: string };

/** `scratch` is the process's own. */
type FunctionPlace = {
  known: FunctionRecord;
  directory: FunctionDirectory;
  scratch: string;
  host: FunctionHost;
};

/**
 * Starts a function's process: of its own group, so that all of it can be ended, with an environment of its own. A Node.js function
 * may read its code and the SDK, and write its scratch folder; no other processes, workers or addons. (Node.js has no flag against
 * connections before version 25: the bootstraps guard against those that a handler makes by mistake.)
 *
 * @throws ApiError ServiceException when the machine starts no process now
 */
export async function spawnFunction(
  program: Program,
  { known, directory, scratch, host }: FunctionPlace,
): Promise<ChildProcess> {
  const command =
    program.language === 'node'
      ? [process.execPath, ...nodeFlags({ known, directory, scratch }), directory.bootstrap]
      : [program.interpreter, '-I', '-X', 'utf8', directory.bootstrap];
  try {
    const child = spawn('/bin/sh', ['-c', limited(limitsOf(program, known)), 'sh', ...command], {
      cwd: directory.task,
      env: environmentOf({ known, directory, scratch, host }),
      stdio: ['ignore', 'pipe', 'pipe', 'pipe', 'pipe'],
      detached: true,
    });
    // Where no file can be opened, Node.js answers with a child that has no `stdio` yet, and tells why by its error event.
    await once(child, 'spawn');
    tellVariables(child, known);
    return child;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ApiError(
      'ServiceException',
      `The function's process could not be started: ${reason}. End other programs, or raise the limits of open files and processes, then try again.`,
    );
  }
}

/** The first line on the channel. */
function tellVariables({ stdio: [, , , channel] }: ChildProcess, { environment }: FunctionRecord): void {
  if (channel instanceof Writable) channel.write(`${JSON.stringify({ environment })}\n`);
}

/**
 * In the units of POSIX (`-f`: 512 bytes) and of the shells (`-d`: 1024 bytes). The memory of Node.js outside its heap, such as buffers,
 * has no other limit; the Python bootstrap sets its own. macOS heeds no `-d`.
 */
function limitsOf(program: Program, known: FunctionRecord): string {
  const limits = {
    t: PROCESSOR_SECONDS_MAX,
    c: 0,
    n: DESCRIPTORS_MAX,
    f: known.ephemeralStorageMegabytes * 2048,
  };
  const all =
    program.language === 'node' ? { ...limits, d: memoryMegabytesOf(program, known) * 1024 } : limits;
  return Object.entries(all)
    .map(([letter, value]) => `ulimit -${letter} ${value} 2>/dev/null || :`)
    .join('; ');
}

function nodeFlags({ known, directory, scratch }: Omit<FunctionPlace, 'host'>): string[] {
  const { task, packages, bootstrap } = directory;
  const readable = [task, packages, scratch, ...sdkPackages().values()];
  const major = Number(process.versions.node.split('.')[0]);
  return [
    // The flag of Node.js 20; later ones call it --permission and still know it by this name.
    '--experimental-permission',
    '--no-warnings',
    `--max-old-space-size=${known.memoryMegabytes}`,
    `--allow-fs-read=${bootstrap}`,
    ...readable.map((folder) => `--allow-fs-read=${folder}/`),
    `--allow-fs-write=${scratch}/`,
    // Refused without it from this version on; the handler has to reach the sandbox.
    ...(major >= 25 ? ['--allow-net'] : []),
  ];
}

/**
 * The sandbox's own variables and none of the function's: the loader, the runtime and OpenSSL obey some (NODE_OPTIONS, LD_PRELOAD), which
 * would lift the limits. The bootstraps set the function's, which are the first line on the channel, before they load its code.
 * Lambda Developer Guide, "Defined runtime environment variables". The keys are nobody's: the sandbox asks for none.
 */
function environmentOf({ known, directory, scratch, host }: FunctionPlace): NodeJS.ProcessEnv {
  const variables: Record<string, string> = {
    _HANDLER: known.handler,
    AWS_ACCESS_KEY_ID: 'ASIASANDBOXFUNCTION0',
    AWS_SECRET_ACCESS_KEY: 'sandbox',
    AWS_SESSION_TOKEN: 'sandbox',
    AWS_REGION: host.region,
    AWS_DEFAULT_REGION: host.region,
    AWS_ENDPOINT_URL: host.endpoint,
    AWS_EXECUTION_ENV: `AWS_Lambda_${known.runtime}`,
    AWS_LAMBDA_FUNCTION_NAME: known.functionName,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(known.memoryMegabytes),
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${known.functionName}`,
    AWS_LAMBDA_LOG_STREAM_NAME: 'sandbox',
    // The SDK would look for other credentials on the network where these do not do.
    AWS_EC2_METADATA_DISABLED: 'true',
    LAMBDA_TASK_ROOT: directory.task,
    LANG: 'en_US.UTF-8',
    TZ: 'UTC',
    PATH: '/usr/local/bin:/usr/bin:/bin',
    HOME: scratch,
    TMPDIR: scratch,
  };
  // Next's types make NODE_ENV required; this environment has none on purpose.
  return variables as NodeJS.ProcessEnv;
}
