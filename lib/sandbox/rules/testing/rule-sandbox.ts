import { beforeAll, expect } from 'vitest';
import { makeExecutionRole, makeRole } from '@/lib/sandbox/lambda/testing/function-code';
import { testSandbox } from '@/lib/sandbox/testing/test-sandbox';

type Payload = Readonly<Record<string, unknown>>;

/** The role that rules of tests republish with. */
const ROLE_ARN = 'arn:aws:iam::123456789012:role/RuleRole';

/**
 * A sandbox for one test file about rules, with what such tests do again and again.
 *
 * @param topics - what rules may publish to, as the end of an ARN
 */
export async function ruleSandbox(topics: string) {
  const { sandbox, boto } = await testSandbox();
  /** What was published, by rules or by others: `topic payload`. */
  const heard: string[] = [];
  beforeAll(async () => {
    sandbox.state.messageBus?.listen(({ topic, payload }) => {
      heard.push(`${topic} ${Buffer.from(payload).toString()}`);
    });
    await makeExecutionRole(boto);
    await makeRole(boto, { name: 'RuleRole', service: 'iot.amazonaws.com' });
    const Resource = `arn:aws:iot:us-east-2:123456789012:topic/${topics}`;
    const statement = { Effect: 'Allow', Action: 'iot:Publish', Resource };
    await boto.ok('iam.put_role_policy', {
      RoleName: 'RuleRole',
      PolicyName: 'publish',
      PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [statement] }),
    });
  });
  return {
    sandbox,
    boto,
    heard,
    received: (text: string) => expect.poll(() => heard).toContain(text),
    create: (ruleName: string, payload: Payload) =>
      boto.ok('iot.create_topic_rule', { ruleName, topicRulePayload: { actions: [], ...payload } }),
    republish: (topic: string, more: Payload = {}) => ({ republish: { roleArn: ROLE_ARN, topic, ...more } }),
    publish: (topic: string, payload: unknown) => {
      const bytes = typeof payload === 'string' ? payload : JSON.stringify(payload);
      return boto.ok('iot-data.publish', {
        topic,
        payload: { base64: Buffer.from(bytes).toString('base64') },
      });
    },
    /** What was explained of a rule. */
    told: (code: string, ruleName: string) =>
      sandbox.state.explanations
        .after(0)
        .filter((event) => event.code === code && event.params?.['ruleName'] === ruleName),
  };
}
