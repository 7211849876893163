import { CreateTopicRuleCommand, GetTopicRuleCommand, ListTagsForResourceCommand } from '@aws-sdk/client-iot';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeExecutionRole, makeFunction, makeRole } from '@/lib/sandbox/lambda/testing/function-code';
import { type Sandbox, startSandbox } from '@/lib/sandbox/start-sandbox';
import { behaviour } from '@/lib/sandbox/testing/behaviour';
import { Boto } from '@/lib/sandbox/testing/boto';
import { clientsFor } from '@/lib/sandbox/testing/clients';

const ACCOUNT = '123456789012';
const ARN = (name: string) => `arn:aws:iot:us-east-2:${ACCOUNT}:rule/${name}`;
const FUNCTION = `arn:aws:lambda:us-east-2:${ACCOUNT}:function:sink`;

let sandbox: Sandbox;
let boto: Boto;
let roleArn: string;
/** What was published, by rules or by others: `topic payload`. */
const heard: string[] = [];

beforeAll(async () => {
  sandbox = await startSandbox();
  boto = new Boto(sandbox.api);
  sandbox.state.messageBus?.listen(({ topic, payload }) => {
    heard.push(`${topic} ${Buffer.from(payload).toString()}`);
  });
  roleArn = await makeRole(boto, { name: 'RuleRole', service: 'iot.amazonaws.com' });
  const statement = {
    Effect: 'Allow',
    Action: 'iot:Publish',
    Resource: `arn:aws:iot:us-east-2:${ACCOUNT}:topic/out/*`,
  };
  await boto.ok('iam.put_role_policy', {
    RoleName: 'RuleRole',
    PolicyName: 'publish',
    PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [statement] }),
  });
});
afterAll(async () => {
  boto[Symbol.dispose]();
  await sandbox.close();
});

type Payload = Readonly<Record<string, unknown>>;
const create = (ruleName: string, payload: Payload, more: Payload = {}) =>
  boto.ok('iot.create_topic_rule', { ruleName, topicRulePayload: { actions: [], ...payload }, ...more });
const refused = (ruleName: string, payload: Payload, more: Payload = {}) =>
  boto.refusal('iot.create_topic_rule', { ruleName, topicRulePayload: { actions: [], ...payload }, ...more });

const republish = (topic: string, more: Payload = {}) => ({ republish: { roleArn, topic, ...more } });
const publish = (topic: string, payload: unknown) => {
  const bytes = typeof payload === 'string' ? payload : JSON.stringify(payload);
  return boto.ok('iot-data.publish', { topic, payload: { base64: Buffer.from(bytes).toString('base64') } });
};
const told = (code: string, ruleName: string) =>
  sandbox.state.explanations
    .after(0)
    .filter((event) => event.code === code && event.params?.['ruleName'] === ruleName);
const received = (text: string) => expect.poll(() => heard).toContain(text);

describe('the API', () => {
  behaviour(
    'A rule is kept as it was given, with its date; without a version it is of 2015-10-08 and without ruleDisabled enabled',
    {
      known: 'documented',
      source: 'API Reference, CreateTopicRule; CloudFormation User Guide, TopicRulePayload',
    },
    async () => {
      await create('kept', {
        sql: "SELECT * FROM 'kept/#'",
        description: 'as given',
        actions: [republish('out/kept', { qos: 1 }), { lambda: { functionArn: FUNCTION } }],
        errorAction: republish('out/errors'),
      });
      const { rule, ruleArn } = await boto.ok('iot.get_topic_rule', { ruleName: 'kept' });
      expect(ruleArn).toBe(ARN('kept'));
      expect(rule).toEqual({
        ruleName: 'kept',
        sql: "SELECT * FROM 'kept/#'",
        description: 'as given',
        createdAt: expect.stringMatching(/^20/),
        actions: [republish('out/kept', { qos: 1 }), { lambda: { functionArn: FUNCTION } }],
        errorAction: republish('out/errors'),
        ruleDisabled: false,
        awsIotSqlVersion: '2015-10-08',
      });
    },
  );

  it('goes round through the JS SDK, tags by their header', async () => {
    const { iot } = clientsFor(sandbox.api);
    await iot.send(
      new CreateTopicRuleCommand({
        ruleName: 'from_sdk',
        tags: 'team=fleet&line=7%20b',
        topicRulePayload: { sql: "SELECT a FROM 'x'", actions: [], awsIotSqlVersion: '2016-03-23' },
      }),
    );
    const { rule, ruleArn } = await iot.send(new GetTopicRuleCommand({ ruleName: 'from_sdk' }));
    expect(rule?.createdAt).toBeInstanceOf(Date);
    const { tags } = await iot.send(new ListTagsForResourceCommand({ resourceArn: ruleArn }));
    expect(tags).toEqual([
      { Key: 'team', Value: 'fleet' },
      { Key: 'line', Value: '7 b' },
    ]);
  });

  behaviour(
    'A rule that is not there is UnauthorizedException 401 to GetTopicRule',
    { known: 'measured', source: 'hashicorp/terraform-provider-aws, FindTopicRuleByName' },
    async () => {
      expect(await boto.refusal('iot.get_topic_rule', { ruleName: 'nowhere' })).toEqual({
        name: 'UnauthorizedException',
        status: 401,
        message: "Access to topic rule 'nowhere' was denied",
      });
    },
  );

  behaviour(
    'The same goes for replacing, enabling and disabling it',
    { known: 'assumed', source: '' },
    async () => {
      for (const [call, more] of [
        ['replace_topic_rule', { topicRulePayload: { sql: "SELECT * FROM 'x'", actions: [] } }],
        ['enable_topic_rule', {}],
        ['disable_topic_rule', {}],
      ] as const) {
        const answer = await boto.refusal(`iot.${call}`, { ruleName: 'nowhere', ...more });
        expect(answer).toMatchObject({ name: 'UnauthorizedException', status: 401 });
      }
    },
  );

  behaviour(
    'A second rule of the same name is ResourceAlreadyExistsException 409',
    { known: 'documented', source: 'API Reference, CreateTopicRule' },
    async () => {
      await create('twice', { sql: "SELECT * FROM 'x'" });
      expect(await refused('twice', { sql: "SELECT * FROM 'x'" })).toMatchObject({
        name: 'ResourceAlreadyExistsException',
        status: 409,
      });
    },
  );

  behaviour(
    'SQL that is none is SqlParseException 400, and so is a substitution template that is none',
    { known: 'documented', source: 'API Reference, CreateTopicRule' },
    async () => {
      expect(await refused('bad', { sql: "SELECT * FORM 'x'" })).toEqual({
        name: 'SqlParseException',
        status: 400,
        message: "Expected the end of the statement but found 'FORM' (at position 9)",
      });
      // biome-ignore lint/suspicious/noTemplateCurlyInString: a substitution template of AWS IoT
      const action = republish('out/${topic(}');
      expect(await refused('bad', { sql: "SELECT * FROM 'x'", actions: [action] })).toMatchObject({
        name: 'SqlParseException',
        message: expect.stringContaining('position 12'),
      });
      expect(await refused('bad', { sql: "SELECT aws_lambda('x', *) FROM 'x'" })).toMatchObject({
        name: 'SqlParseException',
        message: expect.stringContaining('does not support the function aws_lambda()'),
      });
    },
  );

  behaviour(
    'The role of an action must be one that AWS IoT can assume, for a disabled rule too',
    { known: 'measured', source: 'ministackorg/ministack issue 1417' },
    async () => {
      const lambdaRole = await makeExecutionRole(boto);
      for (const role of [`arn:aws:iam::${ACCOUNT}:role/Nobody`, lambdaRole]) {
        const action = { republish: { roleArn: role, topic: 'out/x' } };
        expect(
          await refused('bad', { sql: "SELECT * FROM 'x'", actions: [action], ruleDisabled: true }),
        ).toEqual({
          name: 'InvalidRequestException',
          status: 400,
          message: `AWS IoT (iot.amazonaws.com) is unable to assume role (sts:AssumeRole) on resource: ${role}. If the role was just created or updated, please try again in a few seconds.`,
        });
      }
    },
  );

  it.each<[ruleName: string, payload: Payload, name: string, status: number, reason: string]>([
    ['a-b', {}, 'InvalidRequestException', 400, 'a name with a hyphen'],
    ['bad', { awsIotSqlVersion: '2020-01-01' }, 'InvalidRequestException', 400, 'a version that is none'],
    [
      'bad',
      { actions: Array.from({ length: 11 }, () => ({ lambda: { functionArn: FUNCTION } })) },
      'InvalidRequestException',
      400,
      'eleven actions',
    ],
    [
      'bad',
      { actions: [{ lambda: { functionArn: 'sink' } }] },
      'InvalidRequestException',
      400,
      'a function by its name',
    ],
    [
      'bad',
      { actions: [{ s3: { roleArn: 'r', bucketName: 'b', key: 'k' } }] },
      'NotImplementedException',
      501,
      'an action that is not executed',
    ],
    [
      'bad',
      { errorAction: { sns: { roleArn: 'r', targetArn: 't' } } },
      'NotImplementedException',
      501,
      'an error action that is not executed',
    ],
    ['bad', { actions: [{}] }, 'InvalidRequestException', 400, 'an action without a service'],
    [
      'bad',
      { actions: [{ republish: { roleArn: 'r', topic: '$aws/things/x/shadow/update' } }] },
      'InvalidRequestException',
      400,
      'a reserved topic with one dollar sign',
    ],
  ])('refuses %s %j: %s %i (%s)', async (ruleName, payload, name, status) => {
    expect(await refused(ruleName, { sql: "SELECT * FROM 'x'", ...payload })).toMatchObject({ name, status });
  });

  behaviour(
    'ListTopicRules filters by ruleDisabled and pages; its topic is compared with the whole pattern of the rule',
    { known: 'assumed', source: '' },
    async () => {
      for (const name of ['listed_1', 'listed_2', 'listed_3']) {
        await create(name, { sql: "SELECT * FROM 'listed/+'", ruleDisabled: name === 'listed_2' });
      }
      const names = async (input: object) => {
        const { rules, nextToken } = await boto.ok('iot.list_topic_rules', input);
        return { names: rules.map((rule: { ruleName: string }) => rule.ruleName), nextToken };
      };
      expect((await names({ topic: 'listed/+' })).names).toEqual(['listed_1', 'listed_2', 'listed_3']);
      expect((await names({ topic: 'listed/+', ruleDisabled: true })).names).toEqual(['listed_2']);
      expect((await names({ topic: 'listed/1' })).names).toEqual([]);
      const first = await names({ topic: 'listed/+', maxResults: 2 });
      expect(first.names).toEqual(['listed_1', 'listed_2']);
      const { nextToken } = first;
      expect((await names({ topic: 'listed/+', maxResults: 2, nextToken })).names).toEqual(['listed_3']);
    },
  );

  it('deletes a rule, twice, and its tags with it', async () => {
    await create('gone', { sql: "SELECT * FROM 'x'" }, { tags: 'a=b' });
    await boto.ok('iot.delete_topic_rule', { ruleName: 'gone' });
    await boto.ok('iot.delete_topic_rule', { ruleName: 'gone' });
    expect(await boto.refusal('iot.list_tags_for_resource', { resourceArn: ARN('gone') })).toMatchObject({
      status: 404,
    });
  });
});

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
    { known: 'documented', source: 'API Reference, DisableTopicRule, ReplaceTopicRule' },
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

  behaviour(
    'get_thing_shadow reads a shadow with a role that may, and is Undefined with one that may not',
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

  it('ends a loop of rules', async () => {
    const statement = { Effect: 'Allow', Action: 'iot:Publish', Resource: '*' };
    const everything = await makeRole(boto, { name: 'LoopRole', service: 'iot.amazonaws.com' });
    await boto.ok('iam.put_role_policy', {
      RoleName: 'LoopRole',
      PolicyName: 'publish',
      PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [statement] }),
    });
    await create('loop', {
      sql: "SELECT * FROM 'loop/#'",
      actions: [{ republish: { roleArn: everything, topic: 'loop/again' } }],
    });
    await publish('loop/start', {});
    await expect.poll(() => told('rule-loop-stopped', 'loop')).toHaveLength(1);
    expect(heard.filter((text) => text.startsWith('loop/again'))).toHaveLength(16);
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

describe('the Lambda action', () => {
  const CODE = `export const handler = async (event) => { console.log('seen', JSON.stringify(event)); };`;
  const logs = () =>
    sandbox.state.explanations
      .after(0)
      .filter(({ code, params }) => code === 'lambda-log' && params?.['functionName'] === 'sink')
      .map(({ message }) => message);

  behaviour(
    'It invokes the function only with a permission for iot.amazonaws.com and this rule, and says what is missing otherwise',
    { known: 'documented', source: 'guide, "Lambda rule action"' },
    async () => {
      await makeFunction(boto, { name: 'sink', files: { 'index.mjs': CODE }, Timeout: 20 });
      await create('to_lambda', {
        sql: "SELECT * FROM 'in/lambda'",
        actions: [{ lambda: { functionArn: FUNCTION } }],
      });
      const failures = () => told('rule-action-failed', 'to_lambda').map(({ message }) => message);

      await publish('in/lambda', { n: 1 });
      await expect.poll(failures).toEqual([expect.stringContaining('does not let iot.amazonaws.com call')]);

      const permission = {
        FunctionName: 'sink',
        Action: 'lambda:InvokeFunction',
        Principal: 'iot.amazonaws.com',
      };
      await boto.ok('lambda.add_permission', {
        ...permission,
        StatementId: 'other',
        SourceArn: ARN('another'),
      });
      await publish('in/lambda', { n: 2 });
      await expect.poll(failures).toHaveLength(2);
      expect(failures()[1]).toContain(`not ${ARN('to_lambda')}`);

      await boto.ok('lambda.add_permission', {
        ...permission,
        StatementId: 'mine',
        SourceArn: ARN('to_*'),
        SourceAccount: ACCOUNT,
      });
      await publish('in/lambda', { n: 3 });
      await expect.poll(logs, { timeout: 15_000 }).toEqual([expect.stringContaining('seen {"n":3}')]);
      expect(told('rule-action-executed', 'to_lambda')).toHaveLength(1);
    },
  );

  behaviour(
    'A payload that is not JSON cannot be passed to a function unless it is encoded',
    { known: 'documented', source: 'guide, "Working with binary payloads"' },
    async () => {
      const actions = [{ lambda: { functionArn: FUNCTION } }];
      await create('to_raw', { sql: "SELECT * FROM 'in/raw'", actions });
      await create('to_encoded', {
        sql: "SELECT encode(*, 'base64') AS data FROM 'in/raw'",
        actions,
        awsIotSqlVersion: '2016-03-23',
      });
      await boto.ok('lambda.add_permission', {
        FunctionName: 'sink',
        StatementId: 'encoded',
        Action: 'lambda:InvokeFunction',
        Principal: 'iot.amazonaws.com',
        SourceArn: ARN('to_encoded'),
      });
      await publish('in/raw', 'plain text');
      await expect
        .poll(logs, { timeout: 15_000 })
        .toContainEqual(expect.stringContaining('{"data":"cGxhaW4gdGV4dA=="}'));
      expect(told('rule-action-failed', 'to_raw')[0]?.message).toContain('takes JSON only');
    },
  );
});
