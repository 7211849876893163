import { expect } from 'vitest';
import { PROVISIONING_TRUST_POLICY } from '@/lib/provisioning/provisioning-role';
import { behaviour } from '@/lib/sandbox/testing/behaviour';
import { testSandbox } from '@/lib/sandbox/testing/test-sandbox';
import { roleJudge } from './role-judge';

const AWS_PREFIX = 'arn:aws:iam::aws:policy/service-role/';
const documentOf = (Action: string | string[]) =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource: '*' }] });
const PUBLISH = documentOf('iot:Publish');

const { sandbox, boto } = await testSandbox();

const create = async (PolicyName: string, more: object = {}) =>
  (await boto.ok('iam.create_policy', { PolicyName, PolicyDocument: PUBLISH, ...more }))['Policy'];

async function createRoleWith(RoleName: string, PolicyArn: string): Promise<string> {
  const role = { RoleName, AssumeRolePolicyDocument: PROVISIONING_TRUST_POLICY };
  const { Role } = await boto.ok('iam.create_role', role);
  await boto.ok('iam.attach_role_policy', { RoleName, PolicyArn });
  return Role.Arn;
}

behaviour(
  'The AWS managed policies of IoT set-ups are there with what AWS publishes in them',
  { known: 'documented', source: 'AWS Managed Policy Reference Guide' },
  async () => {
    const contents: [name: string, actions: number, one: string][] = [
      ['AWSIoTThingsRegistration', 30, 'iot:AttachPrincipalPolicy'],
      ['AWSIoTLogging', 7, 'logs:PutMetricFilter'],
      ['AWSIoTRuleActions', 10, 'sqs:SendMessage*'],
      ['AWSLambdaBasicExecutionRole', 3, 'logs:PutLogEvents'],
    ];
    for (const [name, count, one] of contents) {
      const PolicyArn = `${AWS_PREFIX}${name}`;
      const { Policy } = await boto.ok('iam.get_policy', { PolicyArn });
      expect(Policy).toMatchObject({ PolicyName: name, Path: '/service-role/', IsAttachable: true });
      const version = { PolicyArn, VersionId: Policy.DefaultVersionId };
      const { Document } = (await boto.ok('iam.get_policy_version', version))['PolicyVersion'];
      expect(Document.Statement[0].Action).toHaveLength(count);
      expect(Document.Statement[0].Action).toContain(one);
    }
    const listed = await boto.ok('iam.list_policies', { Scope: 'AWS' });
    expect(listed['Policies']).toHaveLength(contents.length);
  },
);

behaviour(
  'CreatePolicy makes version v1; the name again, in any case, is EntityAlreadyExists 409',
  { known: 'documented', source: 'IAM API reference, CreatePolicy' },
  async () => {
    const made = await create('Made', { Path: '/fleet/', Description: 'publishes' });
    expect(made).toMatchObject({
      Arn: 'arn:aws:iam::123456789012:policy/fleet/Made',
      DefaultVersionId: 'v1',
      AttachmentCount: 0,
    });
    expect(made.PolicyId).toMatch(/^ANPA[A-Z2-7]{17}$/);
    expect((await boto.ok('iam.get_policy', { PolicyArn: made.Arn }))['Policy'].Description).toBe(
      'publishes',
    );
    const again = { PolicyName: 'MADE', PolicyDocument: PUBLISH };
    expect(await boto.refusal('iam.create_policy', again)).toEqual({
      name: 'EntityAlreadyExists',
      status: 409,
      message: 'A policy called MADE already exists. Duplicate names are not allowed.',
    });
    const unknown = { PolicyArn: 'arn:aws:iam::123456789012:policy/Made' };
    expect(await boto.refusal('iam.get_policy', unknown)).toMatchObject({
      name: 'NoSuchEntity',
      status: 404,
    });
  },
);

behaviour(
  'A managed policy is an identity policy of at most 6144 characters without white space',
  { known: 'documented', source: 'IAM User Guide, "IAM and AWS STS quotas"' },
  async () => {
    const refusal = (PolicyDocument: string) =>
      boto.refusal('iam.create_policy', { PolicyName: 'Refused', PolicyDocument });
    expect(await refusal('nonsense')).toMatchObject({ name: 'MalformedPolicyDocument', status: 400 });
    expect(await refusal(PROVISIONING_TRUST_POLICY)).toMatchObject({ name: 'MalformedPolicyDocument' });
    const long = documentOf(`iot:${'x'.repeat(6144)}`);
    expect(await refusal(long)).toMatchObject({ name: 'LimitExceeded', status: 409 });
    await create('Spacious', { PolicyDocument: PUBLISH.replaceAll(',', `,${' '.repeat(6144)}`) });
  },
);

behaviour(
  'A managed policy has at most 5 versions, of which one is in force and cannot be deleted',
  { known: 'documented', source: 'IAM User Guide, "Versioning IAM policies"' },
  async () => {
    const { Arn: PolicyArn } = await create('Versioned');
    const roleArn = await createRoleWith('VersionedRole', PolicyArn);
    const version = (Action: string, SetAsDefault = false) => ({
      PolicyArn,
      PolicyDocument: documentOf(Action),
      SetAsDefault,
    });
    const made = await boto.ok('iam.create_policy_version', version('iot:Connect', true));
    expect(made['PolicyVersion']).toMatchObject({ VersionId: 'v2', IsDefaultVersion: true });
    const allows = (action: string) => roleJudge(sandbox.state, roleArn)?.allows(action);
    expect([allows('iot:Publish'), allows('iot:Connect')]).toEqual([false, true]);
    await boto.ok('iam.set_default_policy_version', { PolicyArn, VersionId: 'v1' });
    expect([allows('iot:Publish'), allows('iot:Connect')]).toEqual([true, false]);

    for (let count = 3; count <= 5; count += 1) {
      await boto.ok('iam.create_policy_version', version('iot:Receive'));
    }
    expect(await boto.refusal('iam.create_policy_version', version('iot:Receive'))).toMatchObject({
      name: 'LimitExceeded',
      status: 409,
    });
    expect(await boto.refusal('iam.delete_policy_version', { PolicyArn, VersionId: 'v1' })).toMatchObject({
      name: 'DeleteConflict',
      message: 'Cannot delete the default version of a policy.',
    });
    await boto.ok('iam.delete_policy_version', { PolicyArn, VersionId: 'v5' });
    const next = await boto.ok('iam.create_policy_version', version('iot:Receive'));
    expect(next['PolicyVersion'].VersionId).toBe('v6');
    const { Versions } = await boto.ok('iam.list_policy_versions', { PolicyArn });
    expect(Versions.map(({ VersionId }: { VersionId: string }) => VersionId)).toEqual([
      ...['v6', 'v4', 'v3', 'v2', 'v1'],
    ]);
    expect(await boto.refusal('iam.get_policy_version', { PolicyArn, VersionId: 'v5' })).toMatchObject({
      name: 'NoSuchEntity',
      status: 404,
    });
  },
);

behaviour(
  'DeletePolicy asks for the policy to be detached and its other versions deleted first: DeleteConflict 409',
  { known: 'documented', source: 'IAM API reference, DeletePolicy' },
  async () => {
    const { Arn: PolicyArn } = await create('Leaving');
    await createRoleWith('Leaver', PolicyArn);
    await boto.ok('iam.create_policy_version', { PolicyArn, PolicyDocument: PUBLISH });
    const refusal = () => boto.refusal('iam.delete_policy', { PolicyArn });
    expect(await refusal()).toMatchObject({
      name: 'DeleteConflict',
      status: 409,
      message: 'Cannot delete a policy attached to entities.',
    });
    expect((await boto.ok('iam.list_entities_for_policy', { PolicyArn }))['PolicyRoles']).toMatchObject([
      { RoleName: 'Leaver' },
    ]);
    await boto.ok('iam.detach_role_policy', { RoleName: 'Leaver', PolicyArn });
    expect((await refusal()).message).toContain('has more than one version');
    await boto.ok('iam.delete_policy_version', { PolicyArn, VersionId: 'v2' });
    await boto.ok('iam.delete_policy', { PolicyArn });
    expect(await boto.refusal('iam.get_policy', { PolicyArn })).toMatchObject({ name: 'NoSuchEntity' });
  },
);

behaviour(
  'ListPolicies tells AWS managed policies from local ones, attached ones from all, and pages',
  { known: 'documented', source: 'IAM API reference, ListPolicies' },
  async () => {
    const { Arn } = await create('Listed2', { Path: '/listed/' });
    await create('Listed1', { Path: '/listed/' });
    await createRoleWith('ListedRole', Arn);
    const names = async (input: object) =>
      (await boto.ok('iam.list_policies', { PathPrefix: '/listed/', ...input }))['Policies'].map(
        ({ PolicyName }: { PolicyName: string }) => PolicyName,
      );
    expect(await names({ Scope: 'Local' })).toEqual(['Listed1', 'Listed2']);
    expect(await names({ OnlyAttached: true })).toEqual(['Listed2']);
    expect(await names({ Scope: 'AWS' })).toEqual([]);
    const first = await boto.ok('iam.list_policies', { PathPrefix: '/listed/', MaxItems: 1 });
    expect(first).toMatchObject({ IsTruncated: true, Policies: [{ PolicyName: 'Listed1' }] });
    expect(await names({ MaxItems: 1, Marker: first['Marker'] })).toEqual(['Listed2']);
  },
);

behaviour(
  'A managed policy has tags; an AWS managed policy is changed by nobody',
  {
    known: 'documented',
    source:
      'IAM User Guide, "Tagging customer managed policies"; that the refusal is AccessDenied is assumed',
  },
  async () => {
    const { Arn: PolicyArn } = await create('Tagged', { Tags: [{ Key: 'a', Value: '1' }] });
    await boto.ok('iam.tag_policy', { PolicyArn, Tags: [{ Key: 'b', Value: '2' }] });
    await boto.ok('iam.untag_policy', { PolicyArn, TagKeys: ['a'] });
    expect((await boto.ok('iam.list_policy_tags', { PolicyArn }))['Tags']).toEqual([
      { Key: 'b', Value: '2' },
    ]);
    const ofAws = { PolicyArn: `${AWS_PREFIX}AWSIoTLogging` };
    for (const [call, more] of [
      ['iam.delete_policy', {}],
      ['iam.create_policy_version', { PolicyDocument: PUBLISH }],
      ['iam.set_default_policy_version', { VersionId: 'v1' }],
    ] as const) {
      expect(await boto.refusal(call, { ...ofAws, ...more })).toMatchObject({
        name: 'AccessDenied',
        status: 403,
      });
    }
  },
);
