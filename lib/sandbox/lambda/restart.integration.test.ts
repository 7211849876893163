import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSandbox } from '@/lib/sandbox/start-sandbox';
import { Boto } from '@/lib/sandbox/testing/boto';
import { bundleSandbox, SandboxProcess } from '@/lib/sandbox/testing/sandbox-process';
import { EXECUTION_ROLE, invoked, makeExecutionRole, makeFunction, packageOf } from './testing/function-code';

let dataDir: string;
beforeAll(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'functions-'));
});
afterAll(() => rm(dataDir, { recursive: true, force: true }));

const CODE = "export const handler = ({ n }) => { console.log('ran with', n); };";

it('rules, functions and permissions are there after a restart, and run', async () => {
  {
    await using first = await startSandbox({ dataDir });
    using boto = new Boto(first.api);
    await makeExecutionRole(boto);
    const functionArn = await makeFunction(boto, { name: 'kept', files: { 'index.mjs': CODE }, Timeout: 20 });
    await boto.ok('iot.create_topic_rule', {
      ruleName: 'kept',
      topicRulePayload: { sql: "SELECT n FROM 'kept/+' WHERE n > 1", actions: [{ lambda: { functionArn } }] },
    });
    await boto.ok('lambda.add_permission', {
      FunctionName: 'kept',
      StatementId: 'rule',
      Action: 'lambda:InvokeFunction',
      Principal: 'iot.amazonaws.com',
    });
  }
  await using second = await startSandbox({ dataDir });
  using boto = new Boto(second.api);
  expect((await boto.ok('iot.list_topic_rules'))['rules']).toHaveLength(1);
  await boto.ok('iot-data.publish', {
    topic: 'kept/x',
    payload: { base64: Buffer.from('{"n":2}').toString('base64') },
  });
  const logs = () =>
    second.state.explanations
      .after(0)
      .filter(({ code }) => code === 'lambda-log')
      .map(({ message }) => message);
  await expect.poll(logs, { timeout: 15_000 }).toEqual([expect.stringContaining('ran with 2')]);
});

/** Ended, but not yet waited for, is ended: not every container has somebody who waits for orphans. */
const isRunning = (pid: number) => {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' });
  return stdout.trim() !== '' && !stdout.trim().startsWith('Z');
};

describe('the sandbox as a process', () => {
  let bundle: string;
  beforeAll(async () => {
    // Below the project's packages, as the real bundle is.
    const folder = path.resolve('node_modules/.cache/function-test');
    await mkdir(folder, { recursive: true });
    bundle = path.join(folder, `${process.pid}.mjs`);
    await bundleSandbox(bundle);
  });
  afterAll(() => rm(bundle, { force: true }));

  const start = (env: Readonly<Record<string, string>> = {}) =>
    new SandboxProcess(bundle, {
      SANDBOX_DATA_DIR: ':memory:',
      SANDBOX_HTTPS_PORT: '0',
      SANDBOX_ALPN_PORT: '0',
      ...env,
    });

  it.each(['SIGKILL', 'SIGTERM'] as const)('ends by %s and leaves no handler computing', async (signal) => {
    const sandbox = start();
    try {
      using boto = new Boto((await sandbox.ready()).api);
      await makeExecutionRole(boto);
      const code = 'export const handler = ({ spin }) => { if (spin) for (;;); return process.pid; };';
      await makeFunction(boto, { name: 'spin', files: { 'index.mjs': code }, Timeout: 60 });
      const pid = Number(invoked(await boto.ok('lambda.invoke', { FunctionName: 'spin' })));
      expect(isRunning(pid)).toBe(true);
      const payload = { base64: Buffer.from('{"spin":true}').toString('base64') };
      await boto.ok('lambda.invoke', { FunctionName: 'spin', InvocationType: 'Event', Payload: payload });
      await sandbox.end(signal);
      await expect.poll(() => isRunning(pid)).toBe(false);
    } finally {
      await sandbox.end('SIGKILL');
    }
  });

  it('without a python3 makes no Python function, and runs those of Node.js', async () => {
    const sandbox = start({ PATH: '/nowhere' });
    try {
      using boto = new Boto((await sandbox.ready()).api);
      await makeExecutionRole(boto);
      expect(
        await boto.refusal('lambda.create_function', {
          FunctionName: 'py',
          Runtime: 'python3.12',
          Handler: 'index.handler',
          Role: EXECUTION_ROLE,
          Code: { ZipFile: packageOf({ 'index.py': '' }) },
        }),
      ).toMatchObject({
        name: 'NotImplementedException',
        status: 501,
        message: expect.stringContaining('boto3'),
      });
      await makeFunction(boto, { name: 'node', files: { 'index.mjs': 'export const handler = () => 7;' } });
      expect(invoked(await boto.ok('lambda.invoke', { FunctionName: 'node' }))).toBe(7);
    } finally {
      await sandbox.end();
    }
  });
});
