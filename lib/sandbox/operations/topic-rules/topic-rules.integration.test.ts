import { CreateTopicRuleCommand, GetTopicRuleCommand, ListTagsForResourceCommand } from '@aws-sdk/client-iot';
import { beforeAll, describe, expect, it } from 'vitest';
import { makeExecutionRole, makeRole } from '@/lib/sandbox/lambda/testing/function-code';
import { behaviour } from '@/lib/sandbox/testing/behaviour';
import { clientsFor } from '@/lib/sandbox/testing/clients';
import { testSandbox } from '@/lib/sandbox/testing/test-sandbox';

const ACCOUNT = '123456789012';
const ARN = (name: string) => `arn:aws:iot:us-east-2:${ACCOUNT}:rule/${name}`;
const FUNCTION = `arn:aws:lambda:us-east-2:${ACCOUNT}:function:sink`;

const { sandbox, boto } = await testSandbox();
let roleArn: string;

beforeAll(async () => {
  roleArn = await makeRole(boto, { name: 'RuleRole', service: 'iot.amazonaws.com' });
});

type Payload = Readonly<Record<string, unknown>>;
const create = (ruleName: string, payload: Payload, more: Payload = {}) =>
  boto.ok('iot.create_topic_rule', { ruleName, topicRulePayload: { actions: [], ...payload }, ...more });
const refused = (ruleName: string, payload: Payload, more: Payload = {}) =>
  boto.refusal('iot.create_topic_rule', { ruleName, topicRulePayload: { actions: [], ...payload }, ...more });

const republish = (topic: string, more: Payload = {}) => ({ republish: { roleArn, topic, ...more } });

describe('the API', () => {
  behaviour(
    'A rule is kept as it was given, with its date; without a version it is of 2015-10-08 and without ruleDisabled enabled',
    {
      known: 'documented',
      source: 'API reference, CreateTopicRule; CloudFormation User Guide, TopicRulePayload',
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
    'A rule that is not there is UnauthorizedException 401 to replace, enable and disable as well',
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
    { known: 'documented', source: 'API reference, CreateTopicRule' },
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
    { known: 'documented', source: 'API reference, CreateTopicRule' },
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
    { known: 'measured', source: 'ministackorg/ministack #1417' },
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
