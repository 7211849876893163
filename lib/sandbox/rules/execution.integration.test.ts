import { describe, expect, it } from 'vitest';
import { makeRole } from '@/lib/sandbox/lambda/testing/function-code';
import { startSandbox } from '@/lib/sandbox/start-sandbox';
import { behaviour } from '@/lib/sandbox/testing/behaviour';
import { Boto } from '@/lib/sandbox/testing/boto';
import { ruleSandbox } from './testing/rule-sandbox';

const ACCOUNT = '123456789012';
const FUNCTION = `arn:aws:lambda:us-east-2:${ACCOUNT}:function:sink`;

const { sandbox, boto, heard, received, create, republish, publish, told } = await ruleSandbox('out/*');

const refused = (ruleName: string, payload: Readonly<Record<string, unknown>>) =>
  boto.refusal('iot.create_topic_rule', { ruleName, topicRulePayload: { actions: [], ...payload } });

describe('execution', () => {
  behaviour(
    'A republish action sends what SELECT makes, to a topic with substitution templates',
    { known: 'documented', source: 'guide, "Republish rule action", "Substitution templates"' },
    async () => {
      const sql = "SELECT temp, topic(2) AS device FROM 'in/+/temp' WHERE temp > 20";
      // biome-ignore lint/suspicious/noTemplateCurlyInString: a substitution template of AWS IoT
      await create('warm', { sql, actions: [republish('out/${topic(2)}/warm')] });
      await publish('in/pump/temp', { temp: 21, more: true });
      await received('out/pump/warm {"temp":21,"device":"pump"}');
      expect(told('rule-action-executed', 'warm')).toHaveLength(1);
      await publish('in/pump/temp', { temp: 19 });
      await publish('in/pump/temp', { other: 1 });
      await publish('in/pump/temp', 'not json');
      await expect
        .poll(() => told('rule-not-applied', 'warm').map(({ message }) => message))
        .toEqual([
          expect.stringContaining('WHERE is false.'),
          expect.stringContaining('WHERE is Undefined'),
          expect.stringContaining('the payload is not JSON'),
        ]);
      expect(heard.filter((text) => text.startsWith('out/pump/warm'))).toHaveLength(1);
    },
  );

  behaviour(
    'A disabled rule does nothing until it is enabled; a replaced one does the new thing',
    { known: 'documented', source: 'API reference, DisableTopicRule, ReplaceTopicRule' },
    async () => {
      const payload = {
        sql: "SELECT * FROM 'in/switch'",
        actions: [republish('out/switch/1')],
        ruleDisabled: true,
      };
      await create('switch', payload);
      await publish('in/switch', { n: 1 });
      await boto.ok('iot.enable_topic_rule', { ruleName: 'switch' });
      await publish('in/switch', { n: 2 });
      await received('out/switch/1 {"n":2}');
      await boto.ok('iot.replace_topic_rule', {
        ruleName: 'switch',
        topicRulePayload: { sql: "SELECT n FROM 'in/switch'", actions: [republish('out/switch/2')] },
      });
      await publish('in/switch', { n: 3, x: 1 });
      await received('out/switch/2 {"n":3}');
      await boto.ok('iot.disable_topic_rule', { ruleName: 'switch' });
      await publish('in/switch', { n: 4 });
      await boto.ok('iot.delete_topic_rule', { ruleName: 'switch' });
      expect(heard.filter((text) => text.startsWith('out/switch'))).toEqual([
        'out/switch/1 {"n":2}',
        'out/switch/2 {"n":3}',
      ]);
    },
  );

  behaviour(
    'Actions that fail lead to one message of the error action, with the original payload and every failure',
    { known: 'documented', source: 'guide, "Error handling (error action)"' },
    async () => {
      await create('fails', {
        sql: "SELECT * FROM 'in/fails'",
        actions: [republish('elsewhere/x'), { lambda: { functionArn: FUNCTION } }, republish('out/fine')],
        errorAction: republish('out/errors'),
      });
      await publish('in/fails', { n: 1 });
      await received('out/fine {"n":1}');
      await expect.poll(() => heard.find((text) => text.startsWith('out/errors '))).toBeDefined();
      const report = heard.find((text) => text.startsWith('out/errors '))?.slice('out/errors '.length);
      expect(JSON.parse(report ?? '')).toEqual({
        ruleName: 'fails',
        topic: 'in/fails',
        cloudwatchTraceId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        clientId: 'N/A',
        base64OriginalPayload: Buffer.from('{"n":1}').toString('base64'),
        failures: [
          {
            failedAction: 'RepublishAction',
            failedResource: 'elsewhere/x',
            errorMessage: expect.stringContaining('do not allow iot:Publish on'),
          },
          {
            failedAction: 'LambdaAction',
            failedResource: FUNCTION,
            errorMessage: expect.stringContaining('There is no function'),
          },
        ],
      });
      expect(told('rule-action-failed', 'fails')).toHaveLength(2);
    },
  );

  it('a header that MQTT cannot carry fails its action, and the error action tells why', async () => {
    await create('headers', {
      sql: "SELECT n FROM 'in/headers'",
      // biome-ignore lint/suspicious/noTemplateCurlyInString: a substitution template of AWS IoT
      actions: [republish('out/headers', { headers: { contentType: '${type}' } })],
      errorAction: republish('out/headers-failed'),
    });
    await publish('in/headers', { n: 1, type: 'x'.repeat(65_536) });
    const failed = () => heard.find((text) => text.startsWith('out/headers-failed '));
    await expect.poll(failed).toContain('The content type has 65536 bytes');
    expect(told('rule-action-failed', 'headers').map(({ message }) => message)).toEqual([
      expect.stringContaining('The content type has 65536 bytes, and MQTT carries at most 65535.'),
    ]);
    expect(heard.filter((text) => text.startsWith('out/headers '))).toEqual([]);
  });

  behaviour(
    'In the SQL of a rule get_thing_shadow reads a shadow with a role that may, and is Undefined with one that may not',
    { known: 'documented', source: 'guide, "get_thing_shadow(thingName, shadowName, roleARN)"' },
    async () => {
      await boto.ok('iot.create_thing', { thingName: 'shadowed' });
      const state = { state: { reported: { on: true } } };
      await boto.ok('iot-data.update_thing_shadow', {
        thingName: 'shadowed',
        payload: { base64: Buffer.from(JSON.stringify(state)).toString('base64') },
      });
      const reader = await makeRole(boto, { name: 'ShadowRole', service: 'iot.amazonaws.com' });
      const read = (role: string) => `get_thing_shadow('shadowed', '${role}').state.reported.on`;
      await create('shadow', {
        sql: `SELECT ${read(reader)} AS on FROM 'in/shadow'`,
        actions: [republish('out/shadow')],
        awsIotSqlVersion: '2016-03-23',
      });
      await publish('in/shadow', {});
      await received('out/shadow {}');
      const statement = { Effect: 'Allow', Action: 'iot:GetThingShadow', Resource: '*' };
      await boto.ok('iam.put_role_policy', {
        RoleName: 'ShadowRole',
        PolicyName: 'read',
        PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [statement] }),
      });
      await publish('in/shadow', {});
      await received('out/shadow {"on":true}');
      const sql = `SELECT * FROM 'in/x' WHERE ${read(`arn:aws:iam::${ACCOUNT}:role/Nobody`)}`;
      expect(await refused('bad', { sql, awsIotSqlVersion: '2016-03-23' })).toMatchObject({
        name: 'InvalidRequestException',
        message: expect.stringContaining('unable to assume role'),
      });
    },
  );

  behaviour(
    'Basic ingest runs the rule that the topic names, whatever its FROM says, and topic() begins after the prefix',
    { known: 'documented', source: 'guide, "Basic Ingest"' },
    async () => {
      await create('ingest', {
        sql: "SELECT n, topic() AS t FROM 'something/else'",
        actions: [republish('out/ingest')],
      });
      await sandbox.state.messageBus?.publish({
        region: 'us-east-2',
        topic: '$aws/rules/ingest/a/b',
        payload: Buffer.from('{"n":7}'),
        qos: 1,
        retain: false,
      });
      await received('out/ingest {"n":7,"t":"a/b"}');
      await sandbox.state.messageBus?.publish({
        region: 'us-east-2',
        topic: '$aws/rules/no_such_rule/a',
        payload: Buffer.from('{}'),
        qos: 0,
        retain: false,
      });
      await expect.poll(() => told('rule-not-found', 'no_such_rule')).toHaveLength(1);
    },
  );

  behaviour(
    'Rules of another Region do not hear the message',
    { known: 'documented', source: 'guide, "Rules for AWS IoT"' },
    async () => {
      const topicRulePayload = { sql: "SELECT * FROM 'in/regional'", actions: [republish('out/regional')] };
      await boto.ok('iot.create_topic_rule', { ruleName: 'far', topicRulePayload }, 'eu-west-1');
      await create('near', { sql: "SELECT * FROM 'in/regional'", actions: [republish('out/near')] });
      await publish('in/regional', { n: 1 });
      await received('out/near {"n":1}');
      expect(told('rule-action-executed', 'far')).toHaveLength(0);
    },
  );

  it('gives a rule up on a message that makes it compute without end, and goes on with others', async () => {
    const forever = Array.from({ length: 25 }).reduce(
      (sql) => `(SELECT VALUE ${sql} FROM [0,1,2,3,4,5,6,7])`,
      '1',
    );
    await create('forever', {
      sql: `SELECT ${forever} AS v FROM 'in/forever'`,
      actions: [republish('out/forever')],
    });
    await create('beside', { sql: "SELECT * FROM 'in/forever'", actions: [republish('out/beside')] });
    await publish('in/forever', { n: 1 });
    await received('out/beside {"n":1}');
    await expect
      .poll(() => told('rule-failed', 'forever').map(({ message }) => message))
      .toEqual([expect.stringMatching(/the SQL takes more than (5000000 steps|1000 ms)/)]);
  });

  it('gives a rule up on a payload that is nested too deep', async () => {
    const sql = "SELECT a FROM 'in/deep'";
    await create('deep', { sql, actions: [republish('out/deep')] });
    await publish('in/deep', `{"a":${'['.repeat(60_000)}${']'.repeat(60_000)}}`);
    await expect.poll(() => told('rule-failed', 'deep')).toHaveLength(1);
    await publish('in/deep', { a: 1 });
    await received('out/deep {"a":1}');
  });

  it('forgets its rules with a reset', async () => {
    const other = await startSandbox();
    using client = new Boto(other.api);
    const topicRulePayload = { sql: "SELECT * FROM '#'", actions: [] };
    await client.ok('iot.create_topic_rule', { ruleName: 'all', topicRulePayload });
    await client.ok('iot-data.publish', { topic: 'a', payload: { base64: '' } });
    other.state.reset();
    await client.ok('iot-data.publish', { topic: 'a', payload: { base64: '' } });
    expect(other.state.explanations.after(0)).toEqual([]);
    await other.close();
  });
});
