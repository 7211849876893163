import { GetFunctionCommand, InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { beforeAll, describe, expect, it } from 'vitest';
import { behaviour } from '@/lib/sandbox/testing/behaviour';
import { testSandbox } from '@/lib/sandbox/testing/test-sandbox';
import { invoked, makeExecutionRole, makeFunction, packageOf } from './testing/function-code';

const { sandbox, boto } = await testSandbox();

beforeAll(async () => {
  await makeExecutionRole(boto);
});

const ECHO = { 'index.mjs': 'export const handler = async (event) => ({ got: event });' };

const event = (value: unknown) => ({ base64: Buffer.from(JSON.stringify(value)).toString('base64') });

const run = async (name: string, input: object = {}) =>
  await boto.ok('lambda.invoke', { FunctionName: name, Payload: event({ a: 1 }), ...input });

describe('handlers of Node.js', () => {
  it('run, by the JS SDK as well', async () => {
    await makeFunction(boto, { name: 'echo', files: ECHO });
    const client = new LambdaClient({
      endpoint: sandbox.api,
      region: 'us-east-2',
      credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    });
    const output = await client.send(new InvokeCommand({ FunctionName: 'echo', Payload: '{"x":[1]}' }));
    expect(output.StatusCode).toBe(200);
    expect(output.FunctionError).toBe(undefined);
    expect(output.Payload?.transformToString()).toBe('{"got":{"x":[1]}}');
    const { Configuration } = await client.send(new GetFunctionCommand({ FunctionName: 'echo' }));
    expect(Configuration?.LastModified).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+0000$/);
  });

  it('reach the sandbox with the SDK that Lambda has, from CommonJS and with a callback', async () => {
    await boto.ok('iot.create_thing', { thingName: 'seen-by-node' });
    const code = `
      const { IoTClient, DescribeThingCommand } = require('@aws-sdk/client-iot');
      exports.handler = (event, context, callback) => {
        new IoTClient({}).send(new DescribeThingCommand({ thingName: event.thingName }))
          .then(({ thingName, version }) => callback(null, { thingName, version, name: context.functionName }), callback);
      };`;
    await makeFunction(boto, { name: 'with-sdk', files: { 'index.js': code }, Timeout: 20 });
    const output = await run('with-sdk', { Payload: event({ thingName: 'seen-by-node' }) });
    expect(invoked(output)).toEqual({ thingName: 'seen-by-node', version: 1, name: 'with-sdk' });
  });

  behaviour(
    'A handler that throws answers 200 with FunctionError Unhandled, the type and the message; LogType Tail brings the log',
    { known: 'documented', source: 'Lambda Developer Guide, "Lambda function errors in Node.js"' },
    async () => {
      const code =
        'export const handler = async () => { console.log("before"); throw new TypeError("no such pump"); };';
      await makeFunction(boto, { name: 'throws', files: { 'index.mjs': code } });
      const output = await run('throws', { LogType: 'Tail' });
      expect(output).toMatchObject({
        StatusCode: 200,
        FunctionError: 'Unhandled',
        ExecutedVersion: '$LATEST',
      });
      expect(invoked(output)).toMatchObject({ errorType: 'TypeError', errorMessage: 'no such pump' });
      const log = Buffer.from(String(output['LogResult']), 'base64').toString();
      expect(log).toMatch(
        /^START RequestId: [\s\S]*INFO\tbefore\n[\s\S]*END RequestId: [\s\S]*REPORT RequestId: /,
      );
    },
  );

  behaviour(
    'A handler that takes longer than its timeout is ended, and the next one runs in a new process',
    { known: 'documented', source: 'Lambda Developer Guide, "Configure Lambda function timeout"' },
    async () => {
      const code = 'export const handler = async ({ hang }) => { if (hang) for (;;); return process.pid; };';
      await makeFunction(boto, { name: 'hangs', files: { 'index.mjs': code }, Timeout: 1 });
      const output = await run('hangs', { Payload: event({ hang: true }) });
      expect(invoked(output)).toMatchObject({
        errorType: 'Sandbox.Timedout',
        errorMessage: expect.stringContaining('Task timed out after 1.00 seconds'),
      });
      expect(invoked(await run('hangs'))).toEqual(expect.any(Number));
    },
  );

  it('keep their process warm, and get a new one with new code', async () => {
    const code = (word: string) => ({
      'index.mjs': `let calls = 0; export const handler = () => "${word}" + (calls += 1);`,
    });
    await makeFunction(boto, { name: 'warm', files: code('a') });
    expect(invoked(await run('warm'))).toBe('a1');
    expect(invoked(await run('warm'))).toBe('a2');
    await boto.ok('lambda.update_function_code', { FunctionName: 'warm', ZipFile: packageOf(code('b')) });
    expect(invoked(await run('warm'))).toBe('b1');
    await boto.ok('lambda.update_function_configuration', {
      FunctionName: 'warm',
      Environment: { Variables: { WORD: 'c' } },
    });
    expect(invoked(await run('warm'))).toBe('b1');
  });

  it('are kept away from this machine: files, processes and environment', async () => {
    const code = `
      import fs from 'node:fs';
      const tried = async (act) => { try { return await act(); } catch (error) { return error.code; } };
      export const handler = async () => ({
        read: await tried(() => fs.readFileSync('/etc/hostname', 'utf8')),
        write: await tried(() => fs.writeFileSync('/tmp/escaped', '')),
        code: await tried(() => fs.writeFileSync(process.env.LAMBDA_TASK_ROOT + '/index.mjs', '')),
        tmp: await tried(() => { fs.writeFileSync(process.env.TMPDIR + '/x', 'fine'); return 'written'; }),
        spawn: await tried(async () => (await import('node:child_process')).execSync('id')),
        worker: await tried(async () => new (await import('node:worker_threads')).Worker('1', { eval: true })),
        home: process.env.HOME === process.env.TMPDIR,
        secrets: Object.keys(process.env).filter((name) => /HUSH/.test(name)),
      });`;
    process.env['HUSH_HUSH'] = 'x';
    await makeFunction(boto, { name: 'caged', files: { 'index.mjs': code } });
    expect(invoked(await run('caged'))).toEqual({
      read: 'ERR_ACCESS_DENIED',
      write: 'ERR_ACCESS_DENIED',
      code: 'ERR_ACCESS_DENIED',
      tmp: 'written',
      spawn: 'ERR_ACCESS_DENIED',
      worker: 'ERR_ACCESS_DENIED',
      home: true,
      secrets: [],
    });
  });

  it.each([
    [
      'out of memory',
      'export const handler = () => { const all = []; for (;;) all.push(new Array(1e6).fill({})); };',
      'Runtime.ExitError',
    ],
    ['exit', 'export const handler = () => process.exit(3);', 'Runtime.ExitError'],
    ['no such member', 'export const other = 1;', 'Runtime.HandlerNotFound'],
    ['a missing package', "import 'left-pad'; export const handler = () => 1;", 'Runtime.ImportModuleError'],
    ['no JavaScript', 'export const handler = (', 'Runtime.UserCodeSyntaxError'],
    [
      'a stray rejection',
      'export const handler = () => { Promise.reject(new Error("lost")); return new Promise(() => {}); };',
      'Runtime.UnhandledPromiseRejection',
    ],
    [
      'a response of seven megabytes',
      "export const handler = () => 'a'.repeat(7_000_000);",
      'Function.ResponseSizeTooLarge',
    ],
  ])('fail as on Lambda: %s', async (what, code, errorType) => {
    const name = `fails-${what.replaceAll(' ', '-')}`;
    await makeFunction(boto, { name, files: { 'index.mjs': code }, Timeout: 20 });
    const output = await run(name);
    expect(output['FunctionError']).toBe('Unhandled');
    expect(invoked(output)).toMatchObject({ errorType });
  });

  it('that are asked for at once run at once, in a bounded number of processes', async () => {
    const code =
      'export const handler = async () => { await new Promise((r) => setTimeout(r, 200)); return process.pid; };';
    const arn = await makeFunction(boto, { name: 'many', files: { 'index.mjs': code }, Timeout: 20 });
    const client = new LambdaClient({
      endpoint: sandbox.api,
      region: 'us-east-2',
      credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    });
    const outputs = await Promise.all(
      Array.from({ length: 10 }, () => client.send(new InvokeCommand({ FunctionName: arn }))),
    );
    const processes = new Set(outputs.map(({ Payload }) => Payload?.transformToString()));
    expect(processes.size).toBeGreaterThan(1);
    expect(processes.size).toBeLessThanOrEqual(4);
  });
});

describe('invocations', () => {
  behaviour(
    'An asynchronous invocation is accepted with 202 and tried twice more when it fails',
    {
      known: 'documented',
      source: 'Lambda Developer Guide, "How Lambda handles errors and retries with asynchronous invocation"',
    },
    async () => {
      const code = 'export const handler = async () => { throw new Error("again"); };';
      await makeFunction(boto, { name: 'retried', files: { 'index.mjs': code } });
      expect(await run('retried', { InvocationType: 'Event' })).toMatchObject({ StatusCode: 202 });
      const failures = () =>
        sandbox.state.explanations
          .after(0)
          .filter(
            ({ code: name, params }) => name === 'lambda-failed' && params?.['functionName'] === 'retried',
          );
      await expect
        .poll(
          () =>
            sandbox.state.explanations.after(0).find(({ code: name }) => name === 'lambda-given-up')?.message,
          { timeout: 15_000 },
        )
        .toContain('again');
      expect(failures()).toHaveLength(3);
    },
  );

  behaviour(
    'A dry run of a Lambda function answers 204 and runs nothing',
    { known: 'documented', source: 'Lambda API reference, Invoke' },
    async () => {
      await makeFunction(boto, { name: 'dry', files: ECHO });
      expect(await run('dry', { InvocationType: 'DryRun' })).toMatchObject({ StatusCode: 204 });
    },
  );

  behaviour(
    'A payload of Invoke that is not JSON is InvalidRequestContentException 400',
    { known: 'documented', source: 'Lambda API reference, Invoke' },
    async () => {
      await makeFunction(boto, { name: 'json-only', files: ECHO });
      const payload = { base64: Buffer.from('{').toString('base64') };
      expect(
        await boto.refusal('lambda.invoke', { FunctionName: 'json-only', Payload: payload }),
      ).toMatchObject({
        name: 'InvalidRequestContentException',
        status: 400,
      });
    },
  );
});

describe('handlers of Python', () => {
  it('reach the sandbox with boto3, and what they print is kept', async () => {
    await boto.ok('iot.create_thing', { thingName: 'seen-by-python' });
    const code = `import boto3
import os

def handler(event, context):
    print("describing", event["thingName"])
    thing = boto3.client("iot").describe_thing(thingName=event["thingName"])
    return {"version": thing["version"], "id": context.aws_request_id != "", "env": "HUSH_HUSH" in os.environ}
`;
    await makeFunction(boto, {
      name: 'py',
      files: { 'app.py': code },
      runtime: 'python3.12',
      handler: 'app.handler',
      Timeout: 30,
    });
    const output = await run('py', { Payload: event({ thingName: 'seen-by-python' }), LogType: 'Tail' });
    expect(invoked(output)).toEqual({ version: 1, id: true, env: false });
    expect(Buffer.from(String(output['LogResult']), 'base64').toString()).toContain(
      'describing seen-by-python\n',
    );
    const told = sandbox.state.explanations
      .after(0)
      .find(({ code: name, message }) => name === 'lambda-log' && message.includes('seen-by-python'));
    expect(told?.params).toMatchObject({ functionName: 'py' });
  });

  it.each([
    ['raise ValueError("no such pump")', { errorType: 'ValueError', errorMessage: 'no such pump' }],
    ['import subprocess; subprocess.run(["id"])', { errorType: 'PermissionError' }],
    ['open("/tmp/escaped", "w")', { errorType: 'PermissionError' }],
    ['import socket; socket.create_connection(("192.0.2.1", 80))', { errorType: 'PermissionError' }],
    ['x = "a" * (1 << 30)', { errorType: 'MemoryError' }],
    ['import sys; sys.exit(2)', { errorType: 'SystemExit' }],
  ])('fail as on Lambda, or as the sandbox guards them: %s', async (line, error) => {
    const name = `py-${Buffer.from(line).toString('hex').slice(0, 40)}`;
    const code = `def handler(event, context):\n    ${line}\n`;
    await makeFunction(boto, {
      name,
      files: { 'app.py': code },
      runtime: 'python3.11',
      handler: 'app.handler',
      Timeout: 20,
    });
    const output = await run(name);
    expect(output['FunctionError']).toBe('Unhandled');
    expect(invoked(output)).toMatchObject(error);
  });

  it('that cannot be imported say so', async () => {
    await makeFunction(boto, {
      name: 'py-missing',
      files: { 'app.py': 'import nowhere\n' },
      runtime: 'python3.11',
      handler: 'app.handler',
    });
    expect(invoked(await run('py-missing'))).toMatchObject({
      errorType: 'Runtime.ImportModuleError',
      errorMessage: "Unable to import module 'app': No module named 'nowhere'",
    });
  });
});
