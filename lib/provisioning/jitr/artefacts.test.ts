import fc from 'fast-check';
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { judgeAction, readIdentityPolicies } from '@/lib/policy/identity-policy';
import { connectionContext } from '@/lib/policy/policy-context';
import { judgeTrust } from '@/lib/policy/trust-policy';
import { type JitrArtefacts, jitrArtefacts } from './artefacts';
import { JITR_CALLS, jitrCalls, jitrCommand, topicRulePayload } from './calls';
import { cloudFormationTemplate } from './cloudformation';
import { artefactsDigest } from './digest';
import { exportArchive } from './export-files';
import { ALLOWED_IDS_MAX, defaultJitrSettings, type JitrSettings } from './settings';
import { terraformConfiguration } from './terraform';
import { readHcl } from './testing/read-hcl';
import { readShell } from './testing/read-shell';

const CA_ID = 'cd'.repeat(32);
const PLACE = { accountId: '123456789012', region: 'eu-central-1', caId: CA_ID };
const DOCUMENT = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 'iot:Connect', Resource: '*' }],
});
const BASE = defaultJitrSettings(CA_ID, { kind: 'create', name: 'devices', document: DOCUMENT });
const TARGET = { region: 'eu-central-1', endpoints: { iot: undefined, iam: undefined } };
const made = (changes: Partial<JitrSettings> = {}, ids: readonly string[] = []): JitrArtefacts =>
  jitrArtefacts({ ...BASE, ...changes }, PLACE, ids);

const textsIn = (archive: Uint8Array) =>
  Object.fromEntries(Object.entries(unzipSync(archive)).map(([name, bytes]) => [name, strFromU8(bytes)]));

describe('the rule', () => {
  it.each([
    ['one-ca', CA_ID],
    ['all-cas', '+'],
  ] as const)('of %s has the SQL that AWS documents', (scope, topic) => {
    expect(made({ scope }).sql).toBe(
      `SELECT * FROM '$aws/events/certificates/registered/${topic}' WHERE certificateStatus = "PENDING_ACTIVATION"`,
    );
  });
});

describe('the role', () => {
  const may = (settings: Partial<JitrSettings>, action: string, resource: string) => {
    const { policies } = readIdentityPolicies([{ name: 'jitr', document: made(settings).rolePolicy }]);
    return judgeAction(policies, { action, resource, context: connectionContext({}) }) === 'allowed';
  };
  const iot = (resource: string) => `arn:aws:iot:eu-central-1:123456789012:${resource}`;
  const thing = {
    name: `pump-\${CommonName}`,
    typeName: undefined,
    groups: ['pumps'],
    attributes: {},
    taken: 'refuse',
  } as const;

  it.each([
    ['reads certificates', {}, 'iot:DescribeCertificate', iot(`cert/${CA_ID}`), true],
    ['activates certificates', {}, 'iot:UpdateCertificate', iot(`cert/${CA_ID}`), true],
    ['deletes none', {}, 'iot:DeleteCertificate', iot(`cert/${CA_ID}`), false],
    ['reads its CA', {}, 'iot:DescribeCACertificate', iot(`cacert/${CA_ID}`), true],
    ['reads no other CA', {}, 'iot:DescribeCACertificate', iot('cacert/ab'), false],
    [
      'reads all CAs where it serves all',
      { scope: 'all-cas' },
      'iot:DescribeCACertificate',
      iot('cacert/ab'),
      true,
    ],
    ['makes its policy', {}, 'iot:CreatePolicy', iot('policy/devices'), true],
    ['makes no other policy', {}, 'iot:CreatePolicy', iot('policy/other'), false],
    [
      'makes none that exists',
      { policy: { kind: 'existing', name: 'devices' } },
      'iot:CreatePolicy',
      iot('policy/devices'),
      false,
    ],
    [
      'attaches none where none is asked for',
      { policy: { kind: 'none' } },
      'iot:AttachPolicy',
      iot('cert/ab'),
      false,
    ],
    ['makes things', {}, 'iot:CreateThing', iot('thing/anything'), true],
    ['makes things of its names alone', { thing }, 'iot:CreateThing', iot('thing/valve-1'), false],
    ['makes things of its names', { thing }, 'iot:CreateThing', iot('thing/pump-1'), true],
    ['makes none without a thing', { thing: undefined }, 'iot:CreateThing', iot('thing/pump-1'), false],
    ['looks whose a thing is', { thing }, 'iot:ListThingPrincipals', iot('thing/pump-1'), true],
    [
      'does not look where it is all the same',
      { thing: { ...thing, taken: 'use' } },
      'iot:ListThingPrincipals',
      iot('thing/pump-1'),
      false,
    ],
    ['adds to no other group', { thing }, 'iot:AddThingToThingGroup', iot('thinggroup/valves'), false],
    [
      'writes its log',
      {},
      'logs:PutLogEvents',
      `arn:aws:logs:eu-central-1:123456789012:log-group:/aws/lambda/${BASE.name}:log-stream:x`,
      true,
    ],
    [
      'writes no other log',
      {},
      'logs:PutLogEvents',
      'arn:aws:logs:eu-central-1:123456789012:log-group:/aws/lambda/other:log-stream:x',
      false,
    ],
    ['reaches no other service', {}, 's3:GetObject', '*', false],
  ] as const satisfies readonly (readonly [string, Partial<JitrSettings>, string, string, boolean])[])(
    '%s',
    (_what, settings, action, resource, allowed) => expect(may(settings, action, resource)).toBe(allowed),
  );

  it('is Lambda’s alone', () => {
    const { trustPolicy } = made();
    const kindOf = (service: string) => judgeTrust(trustPolicy, service, connectionContext({})).kind;
    expect(kindOf('lambda.amazonaws.com')).toBe('trusted');
    expect(kindOf('iot.amazonaws.com')).toBe('not-trusted');
  });
});

describe('the package', () => {
  it('is one file with the very text that is shown', () => {
    const { packageZip, source } = made();
    expect(textsIn(packageZip)).toEqual({ 'index.js': source });
  });

  it('stays within a request, with the longest list', () => {
    const ids = Array.from({ length: ALLOWED_IDS_MAX }, (_, at) => at.toString(16).padStart(64, '0'));
    const { packageZip } = made({ allowList: { kind: 'ledger' } }, ids);
    expect((packageZip.length * 4) / 3).toBeLessThan(900_000);
  });

  it('is the same for the same settings, in whatever order a list comes, and another for others', async () => {
    const allowList = { kind: 'ledger' } as const;
    const digest = (ids: readonly string[], changes: Partial<JitrSettings> = {}) =>
      artefactsDigest(made({ allowList, ...changes }, ids), crypto);
    expect(await digest(['b', 'a'])).toBe(await digest(['a', 'b', 'a']));
    expect(await digest(['a'])).not.toBe(await digest(['a', 'b']));
    expect(await digest(['a'])).not.toBe(await digest(['a'], { scope: 'all-cas' }));
  });
});

describe('the commands', () => {
  it('say what the calls say, whatever the names', () => {
    const name = fc.stringMatching(/^[a-zA-Z][a-zA-Z0-9_]{0,47}$/);
    const policyName = fc.stringMatching(/^[\w+=,.@-]{1,40}$/);
    fc.assert(
      fc.property(name, policyName, (setUp, policy) => {
        const artefacts = made({ name: setUp, policy: { kind: 'create', name: policy, document: DOCUMENT } });
        const words = (call: (typeof JITR_CALLS)[number]) => readShell(jitrCommand(call, artefacts, TARGET));
        const rule = words('create-topic-rule');
        expect(rule.slice(0, 5)).toEqual(['aws', 'iot', 'create-topic-rule', '--rule-name', setUp]);
        expect(JSON.parse(rule[6] ?? '')).toEqual(topicRulePayload(artefacts));
        expect(words('put-role-policy')).toContain(artefacts.rolePolicy);
        expect(words('create-role')).toContain(artefacts.trustPolicy);
        expect(words('add-permission')).toContain(artefacts.ruleArn);
      }),
      { numRuns: 50 },
    );
  });

  it.each(JITR_CALLS)('%s goes to the Region of the environment', (call) => {
    const words = readShell(jitrCommand(call, made(), TARGET));
    expect(words.slice(-2)).toEqual(['--region', 'eu-central-1']);
  });
});

describe('the order of the calls', () => {
  it.each([
    [
      'nothing is there',
      { role: false, function: false, rule: false },
      ['create-role', 'put-role-policy', 'create-function', 'add-permission', 'create-topic-rule'],
    ],
    [
      'all is there',
      { role: true, function: true, rule: true },
      [
        'put-role-policy',
        'update-function-configuration',
        'update-function-code',
        'add-permission',
        'replace-topic-rule',
      ],
    ],
    [
      'the rule is gone',
      { role: true, function: true, rule: false },
      [
        'put-role-policy',
        'update-function-configuration',
        'update-function-code',
        'add-permission',
        'create-topic-rule',
      ],
    ],
  ] as const)('of a deployment where %s', (_what, present, calls) => {
    expect(jitrCalls('deploy', present)).toEqual(calls);
  });
});

describe('the CloudFormation template', () => {
  it('reads back as what would be deployed, and says that it is an export', () => {
    const artefacts = made();
    const template = JSON.parse(cloudFormationTemplate(artefacts));
    const { FunctionRole, Function: fn, Permission, Rule } = template.Resources;
    const [separator, lines] = fn.Properties.Code.ZipFile['Fn::Join'];
    expect(lines.join(separator)).toBe(artefacts.source);
    expect(FunctionRole.Properties.RoleName).toBe(artefacts.roleName);
    expect(FunctionRole.Properties.AssumeRolePolicyDocument).toEqual(JSON.parse(artefacts.trustPolicy));
    expect(FunctionRole.Properties.Policies[0].PolicyDocument).toEqual(JSON.parse(artefacts.rolePolicy));
    expect(Permission.Properties).toMatchObject({
      SourceArn: artefacts.ruleArn,
      SourceAccount: '123456789012',
    });
    expect(Rule.Properties.TopicRulePayload.Sql).toBe(artefacts.sql);
    expect(template.Description).toContain('has not run');
  });
});

describe('the Terraform configuration', () => {
  it('reads back as what would be deployed, and says that it is an export', () => {
    const artefacts = made();
    const text = terraformConfiguration(artefacts);
    const { blocks } = readHcl(text);
    const resource = (type: string) => blocks.find(({ labels }) => labels[0] === type)?.attributes ?? {};
    expect(JSON.parse(String(resource('aws_iam_role')['assume_role_policy']))).toEqual(
      JSON.parse(artefacts.trustPolicy),
    );
    expect(JSON.parse(String(resource('aws_iam_role_policy')['policy']))).toEqual(
      JSON.parse(artefacts.rolePolicy),
    );
    expect(resource('aws_iot_topic_rule')).toMatchObject({ name: artefacts.name, sql: artefacts.sql });
    expect(resource('aws_lambda_permission')).toMatchObject({
      principal: 'iot.amazonaws.com',
      source_account: '123456789012',
    });
    expect(resource('aws_lambda_function')).toMatchObject({ runtime: 'nodejs24.x', timeout: 60 });
    expect(text).toContain('has not run');
  });
});

it('the files have everything, the package of the console among them', () => {
  const artefacts = made();
  const archive = exportArchive(artefacts, BASE, TARGET);
  const files = unzipSync(archive);
  expect(Object.keys(files)).toEqual([
    'index.js',
    'rule.json',
    'role-trust.json',
    'role-policy.json',
    'deploy.sh',
    'remove.sh',
    'cloudformation.json',
    'main.tf',
    'settings.json',
    'function.zip',
  ]);
  expect(files['function.zip']).toEqual(artefacts.packageZip);
  expect(JSON.parse(String(textsIn(archive)['settings.json']))).toMatchObject({
    name: BASE.name,
  });
});
