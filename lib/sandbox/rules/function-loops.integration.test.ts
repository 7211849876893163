import { setTimeout as wait } from 'node:timers/promises';
import { beforeAll, expect, it } from 'vitest';
import { makeFunction } from '@/lib/sandbox/lambda/testing/function-code';
import { answerTo, functionSandbox, PYTHON } from '@/lib/sandbox/lambda/testing/function-sandbox';
import { behaviour } from '@/lib/sandbox/testing/behaviour';

const { sandbox, boto } = await functionSandbox();

const heard = new Map<string, number>();
beforeAll(() => {
  sandbox.state.messageBus?.listen(({ topic }) => heard.set(topic, (heard.get(topic) ?? 0) + 1));
});

const told = (code: string, name: string) =>
  sandbox.state.explanations
    .after(0)
    .filter((event) => event.code === code && Object.values(event.params ?? {}).includes(name))
    .map(({ message }) => message);

async function makeRule(name: string, functionArns: readonly string[]): Promise<void> {
  const actions = functionArns.map((functionArn) => ({ lambda: { functionArn } }));
  await boto.ok('iot.create_topic_rule', {
    ruleName: name,
    topicRulePayload: { sql: `SELECT * FROM '${name}/#'`, actions },
  });
}

const makeLooping = async (name: string, files: Readonly<Record<string, string>>, more: object = {}) => {
  const functionArn = await makeFunction(boto, { name, files, Timeout: 20, ...more });
  await boto.ok('lambda.add_permission', {
    FunctionName: name,
    StatementId: 'rules',
    Action: 'lambda:InvokeFunction',
    Principal: 'iot.amazonaws.com',
  });
  return functionArn;
};

const start = (topic: string) =>
  boto.ok('iot-data.publish', { topic, payload: { base64: Buffer.from('{}').toString('base64') } });

const NODE = (topic: string, times = 1) => ({
  'index.mjs': `
    import { IoTDataPlaneClient, PublishCommand } from '@aws-sdk/client-iot-data-plane';
    const client = new IoTDataPlaneClient({});
    export const handler = async () => {
      for (let time = 0; time < ${times}; time += 1) await client.send(new PublishCommand({ topic: '${topic}', payload: '{}' }));
    };`,
});

const BOTO = (topic: string) => ({
  'app.py': `
import boto3
client = boto3.client("iot-data")

def handler(event, context):
    client.publish(topic="${topic}", payload=b"{}")
`,
});

it.each([
  ['node_loop', NODE('node_loop/again'), {}],
  ['python_loop', BOTO('python_loop/again'), PYTHON],
])(
  'a loop of a rule and a function that publishes ends after 16 turns, and is told (%s)',
  async (name, files, more) => {
    await makeRule(name, [await makeLooping(name, files, more)]);
    await start(`${name}/start`);
    await expect
      .poll(() => told('rule-loop-stopped', name), { timeout: 30_000 })
      .toEqual([expect.stringContaining('rules have heard it 16 times in turn already')]);
    expect(heard.get(`${name}/again`)).toBe(16);
    await start(`${name}/start`);
    await expect.poll(() => heard.get(`${name}/again`), { timeout: 30_000 }).toBe(32);
  },
  60_000,
);

it('a loop whose every message becomes twenty ends after a thousand executions and invocations', async () => {
  const functionArn = await makeLooping('fanning', NODE('fanning/again', 20));
  await makeRule('fanning', [functionArn]);
  await start('fanning/start');
  await expect.poll(() => told('lambda-failed', 'fanning').length, { timeout: 40_000 }).toBeGreaterThan(0);
  expect(told('lambda-failed', 'fanning')[0]).toContain(
    'it has led to 1000 executions of rules and functions',
  );
  // Those that had begun come to their ends.
  let [before, now] = [-1, 0];
  while (before !== now) {
    before = now;
    await wait(1_000);
    now = heard.get('fanning/again') ?? 0;
  }
  expect(now).toBeLessThanOrEqual(20 * 1_000);
}, 60_000);

behaviour(
  'A function that invokes itself is stopped with RecursiveInvocationException when it has run 16 times in turn',
  { known: 'documented', source: 'Lambda Developer Guide, "Recursive loop detection"' },
  async () => {
    // Without waiting for each other, as one function has fewer processes than that; the last waits, to be told.
    const code = `
      import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
      export const handler = async ({ depth }) => {
        console.log('depth', depth);
        try {
          await new LambdaClient({ maxAttempts: 1 }).send(new InvokeCommand({
            FunctionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
            InvocationType: depth < 15 ? 'Event' : 'RequestResponse',
            Payload: JSON.stringify({ depth: depth + 1 }),
          }));
        } catch (error) { console.log(error.name, error.$metadata.httpStatusCode); }
      };`;
    await makeFunction(boto, { name: 'recursive', files: { 'index.mjs': code }, Timeout: 20 });
    await answerTo(boto, 'recursive', { depth: 0 });
    await expect
      .poll(() => told('lambda-log', 'recursive').join('\n'), { timeout: 30_000 })
      .toContain('RecursiveInvocationException 400');
    expect(told('lambda-log', 'recursive').filter((text) => text.includes('depth'))).toHaveLength(16);
  },
);

it('what others ask with a header of their own begins no chain', async () => {
  const headers = {
    'x-amzn-trace-id': 'Root=1-00000000-000000000000000000000000;Parent=0000000000000000;Sampled=1',
  };
  for (let time = 0; time < 20; time += 1) {
    const answer = await fetch(`${sandbox.api}/topics/traced`, { method: 'POST', headers, body: '{}' });
    expect(answer.status).toBe(200);
  }
  expect(heard.get('traced')).toBe(20);
});
