import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startSandbox } from '@/lib/sandbox/start-sandbox';
import { Boto } from '@/lib/sandbox/testing/boto';
import { makeExecutionRole, makeFunction } from './testing/function-code';

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
