import { CreateRoleCommand, GetRoleCommand, paginateListRoles } from '@aws-sdk/client-iam';
import { expect } from 'vitest';
import { PROVISIONING_TRUST_POLICY } from '@/lib/provisioning/provisioning-role';
import { behaviour } from '@/lib/sandbox/testing/behaviour';
import { clientsFor } from '@/lib/sandbox/testing/clients';
import { testSandbox } from '@/lib/sandbox/testing/test-sandbox';
import { checkRole } from './provisioning-role';
import { roleJudge } from './role-judge';

const REGISTRATION = 'arn:aws:iam::aws:policy/service-role/AWSIoTThingsRegistration';
const OTHER_TRUST = PROVISIONING_TRUST_POLICY.replace('iot.amazonaws.com', 'lambda.amazonaws.com');
const roleArn = (name: string) => `arn:aws:iam::123456789012:role/${name}`;
const documentOf = (Resource: string | string[]) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: 'iot:CreateThing', Resource }],
  });

const { sandbox, boto } = await testSandbox();

const create = async (RoleName: string, more: object = {}) =>
  (
    await boto.ok('iam.create_role', {
      RoleName,
      AssumeRolePolicyDocument: PROVISIONING_TRUST_POLICY,
      ...more,
    })
  )['Role'];

behaviour(
  'CreateRole answers the role with its ARN, and GetRole the trust policy as it was given',
  { known: 'documented', source: 'IAM API reference, CreateRole and GetRole' },
  async () => {
    const { iam } = clientsFor(sandbox.api);
    const made = await iam.send(
      new CreateRoleCommand({
        RoleName: 'Made',
        AssumeRolePolicyDocument: PROVISIONING_TRUST_POLICY,
        Description: 'a & <b>',
        Path: '/factory/',
      }),
    );
    expect(made.Role?.Arn).toBe(roleArn('factory/Made'));
    const { Role } = await iam.send(new GetRoleCommand({ RoleName: 'made' }));
    expect(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? '')).toBe(PROVISIONING_TRUST_POLICY);
    expect(Role).toMatchObject({ Description: 'a & <b>', MaxSessionDuration: 3600, RoleName: 'Made' });
    expect(Role?.CreateDate).toBeInstanceOf(Date);
    expect(Role?.RoleId).toMatch(/^AROA[A-Z2-7]{17}$/);
  },
);

behaviour(
  'A role name is taken without regard to case: EntityAlreadyExists 409',
  { known: 'documented', source: 'IAM API reference, CreateRole: names are not distinguished by case' },
  async () => {
    await create('Twice');
    const again = { RoleName: 'TWICE', AssumeRolePolicyDocument: PROVISIONING_TRUST_POLICY };
    expect(await boto.refusal('iam.create_role', again)).toEqual({
      name: 'EntityAlreadyExists',
      status: 409,
      message: 'Role with name TWICE already exists.',
    });
  },
);

behaviour(
  'A role that is not there is NoSuchEntity 404, a trust policy that is none MalformedPolicyDocument 400',
  { known: 'documented', source: 'IAM API reference, GetRole and UpdateAssumeRolePolicy' },
  async () => {
    await create('Trusting');
    expect(await boto.refusal('iam.get_role', { RoleName: 'Nobody' })).toEqual({
      name: 'NoSuchEntity',
      status: 404,
      message: 'The role with name Nobody cannot be found.',
    });
    for (const PolicyDocument of ['nonsense', documentOf('*')]) {
      const update = { RoleName: 'Trusting', PolicyDocument };
      expect(await boto.refusal('iam.update_assume_role_policy', update)).toMatchObject({
        name: 'MalformedPolicyDocument',
        status: 400,
      });
    }
    const long = { ...JSON.parse(PROVISIONING_TRUST_POLICY), Id: 'x'.repeat(2048) };
    const update = { RoleName: 'Trusting', PolicyDocument: JSON.stringify(long) };
    expect(await boto.refusal('iam.update_assume_role_policy', update)).toMatchObject({
      name: 'LimitExceeded',
      status: 409,
    });
  },
);

behaviour(
  'Attaching a managed policy again succeeds; detaching what is not attached is NoSuchEntity 404',
  { known: 'documented', source: 'IAM API reference, AttachRolePolicy and DetachRolePolicy' },
  async () => {
    await create('Attached');
    const attachment = { RoleName: 'Attached', PolicyArn: REGISTRATION };
    await boto.ok('iam.attach_role_policy', attachment);
    await boto.ok('iam.attach_role_policy', attachment);
    expect(
      (await boto.ok('iam.list_attached_role_policies', { RoleName: 'Attached' }))['AttachedPolicies'],
    ).toEqual([{ PolicyName: 'AWSIoTThingsRegistration', PolicyArn: REGISTRATION }]);
    await boto.ok('iam.detach_role_policy', attachment);
    expect(await boto.refusal('iam.detach_role_policy', attachment)).toMatchObject({
      name: 'NoSuchEntity',
      status: 404,
    });
    const unknown = { RoleName: 'Attached', PolicyArn: `${REGISTRATION}X` };
    expect(await boto.refusal('iam.attach_role_policy', unknown)).toMatchObject({
      name: 'NoSuchEntity',
      message: `Policy ${REGISTRATION}X does not exist or is not attachable.`,
    });
  },
);

behaviour(
  'DeleteRole asks for the policies to be detached and deleted first: DeleteConflict 409',
  { known: 'documented', source: 'IAM API reference, DeleteRole' },
  async () => {
    const RoleName = 'Laden';
    await create(RoleName);
    const inline = { RoleName, PolicyName: 'inline' };
    await boto.ok('iam.put_role_policy', { ...inline, PolicyDocument: documentOf('*') });
    await boto.ok('iam.attach_role_policy', { RoleName, PolicyArn: REGISTRATION });
    const refusal = () => boto.refusal('iam.delete_role', { RoleName });
    expect(await refusal()).toMatchObject({
      name: 'DeleteConflict',
      status: 409,
      message: 'Cannot delete entity, must detach all policies first.',
    });
    await boto.ok('iam.detach_role_policy', { RoleName, PolicyArn: REGISTRATION });
    expect(await refusal()).toMatchObject({ message: 'Cannot delete entity, must delete policies first.' });
    expect((await boto.ok('iam.list_role_policies', { RoleName }))['PolicyNames']).toEqual(['inline']);
    expect((await boto.ok('iam.get_role_policy', inline))['PolicyDocument']).toEqual(
      JSON.parse(documentOf('*')),
    );
    await boto.ok('iam.delete_role_policy', inline);
    expect(await boto.refusal('iam.get_role_policy', inline)).toMatchObject({ name: 'NoSuchEntity' });
    await boto.ok('iam.delete_role', { RoleName });
  },
);

behaviour(
  'A role has at most 10 managed policies and 10240 characters of inline ones',
  { known: 'documented', source: 'IAM User Guide, "IAM and AWS STS quotas"' },
  async () => {
    const RoleName = 'Crowded';
    await create(RoleName);
    const arns: string[] = [];
    for (let index = 0; index <= 10; index += 1) {
      const policy = { PolicyName: `crowd-${index}`, PolicyDocument: documentOf('*') };
      arns.push((await boto.ok('iam.create_policy', policy))['Policy'].Arn);
    }
    for (const PolicyArn of arns.slice(0, 10)) {
      await boto.ok('iam.attach_role_policy', { RoleName, PolicyArn });
    }
    const full = { name: 'LimitExceeded', status: 409 };
    expect(await boto.refusal('iam.attach_role_policy', { RoleName, PolicyArn: arns[10] })).toMatchObject(
      full,
    );
    const half = documentOf(`arn:aws:iot:*:*:thing/${'x'.repeat(5200)}`);
    await boto.ok('iam.put_role_policy', { RoleName, PolicyName: 'a', PolicyDocument: half });
    await boto.ok('iam.put_role_policy', { RoleName, PolicyName: 'a', PolicyDocument: half });
    const second = { RoleName, PolicyName: 'b', PolicyDocument: half };
    expect(await boto.refusal('iam.put_role_policy', second)).toMatchObject(full);
  },
);

behaviour(
  'UpdateRole changes what is given and leaves the rest; sessions are of 1 to 12 hours',
  { known: 'documented', source: 'IAM API reference, UpdateRole' },
  async () => {
    const RoleName = 'Updated';
    await create(RoleName, { Description: 'before' });
    await boto.ok('iam.update_role', { RoleName, MaxSessionDuration: 7200 });
    expect((await boto.ok('iam.get_role', { RoleName }))['Role']).toMatchObject({
      Description: 'before',
      MaxSessionDuration: 7200,
    });
    await boto.ok('iam.update_role', { RoleName, Description: 'after' });
    expect((await boto.ok('iam.get_role', { RoleName }))['Role']).toMatchObject({
      Description: 'after',
      MaxSessionDuration: 7200,
    });
    for (const MaxSessionDuration of [3599, 43_201]) {
      expect(await boto.refusal('iam.update_role', { RoleName, MaxSessionDuration })).toMatchObject({
        name: 'ValidationError',
        status: 400,
      });
    }
  },
);

behaviour(
  'Tags of a role are added, replaced by key without regard to case, and removed; 50 at most, and not of the prefix aws:',
  { known: 'documented', source: 'IAM User Guide, "Tagging IAM resources"' },
  async () => {
    const RoleName = 'Tagged';
    await create(RoleName, { Tags: [{ Key: 'Team', Value: 'a' }] });
    await boto.ok('iam.tag_role', {
      RoleName,
      Tags: [
        { Key: 'team', Value: 'b' },
        { Key: 'site', Value: '' },
      ],
    });
    const tags = async () => (await boto.ok('iam.list_role_tags', { RoleName }))['Tags'];
    expect(await tags()).toEqual([
      { Key: 'team', Value: 'b' },
      { Key: 'site', Value: '' },
    ]);
    expect((await boto.ok('iam.get_role', { RoleName }))['Role'].Tags).toHaveLength(2);
    const many = Array.from({ length: 49 }, (_, index) => ({ Key: `k${index}`, Value: 'v' }));
    expect(await boto.refusal('iam.tag_role', { RoleName, Tags: many })).toMatchObject({
      name: 'LimitExceeded',
      status: 409,
    });
    await boto.ok('iam.tag_role', { RoleName, Tags: many.slice(1) });
    expect((await boto.ok('iam.list_role_tags', { RoleName, MaxItems: 10 }))['IsTruncated']).toBe(true);
    const refusals = [[{ Key: 'aws:x', Value: '' }], [many[0], { Key: 'K0', Value: 'w' }]];
    for (const Tags of refusals) {
      expect(await boto.refusal('iam.tag_role', { RoleName, Tags })).toMatchObject({
        name: 'InvalidInput',
        status: 400,
      });
    }
    await boto.ok('iam.untag_role', { RoleName, TagKeys: ['TEAM', ...many.map(({ Key }) => Key)] });
    expect(await tags()).toEqual([{ Key: 'site', Value: '' }]);
  },
);

behaviour(
  'ListRoles lists by name, filtered by path prefix, page by page with a marker',
  { known: 'documented', source: 'IAM API reference, ListRoles' },
  async () => {
    const { iam } = clientsFor(sandbox.api);
    for (const name of ['c', 'a', 'b']) await create(`listed-${name}`, { Path: '/listed/' });
    const pages: (string | undefined)[][] = [];
    for await (const page of paginateListRoles({ client: iam, pageSize: 2 }, { PathPrefix: '/listed/' })) {
      pages.push(page.Roles?.map(({ RoleName }) => RoleName) ?? []);
    }
    expect(pages).toEqual([['listed-a', 'listed-b'], ['listed-c']]);
  },
);

behaviour(
  'AWS IoT provisions with a role whose trust policy names iot.amazonaws.com, and may do what its policies allow',
  {
    known: 'documented',
    source: 'guide, "Just-in-time provisioning"; IAM User Guide, "Policy evaluation logic"',
  },
  async () => {
    const RoleName = 'Provisioner';
    expect(checkRole(sandbox.state, roleArn(RoleName)).kind).toBe('missing');
    await create(RoleName);
    await boto.ok('iam.attach_role_policy', { RoleName, PolicyArn: REGISTRATION });
    const registered = roleJudge(sandbox.state, roleArn(RoleName));
    expect(registered?.allows('iot:CreateThing')).toBe(true);
    expect(registered?.allows('iot:DeleteThing')).toBe(false);
    expect(registered?.trusts('iot.amazonaws.com')).toBe(true);

    await boto.ok('iam.detach_role_policy', { RoleName, PolicyArn: REGISTRATION });
    const PolicyDocument = documentOf('arn:aws:iot:*:*:thing/a*');
    await boto.ok('iam.put_role_policy', { RoleName, PolicyName: 'inline', PolicyDocument });
    const limited = roleJudge(sandbox.state, roleArn(RoleName));
    const thing = (name: string) => `arn:aws:iot:us-east-1:123456789012:thing/${name}`;
    expect(limited?.allows('iot:CreateThing', thing('abc'))).toBe(true);
    expect(limited?.allows('iot:CreateThing', thing('xyz'))).toBe(false);
    expect(limited?.allows('iot:CreateThing')).toBe(true);

    await boto.ok('iam.update_assume_role_policy', { RoleName, PolicyDocument: OTHER_TRUST });
    expect(checkRole(sandbox.state, roleArn(RoleName)).kind).toBe('not-trusting');
    expect(checkRole(sandbox.state, roleArn(`path/${RoleName}`)).kind).toBe('missing');
  },
);

behaviour(
  'What changes the meaning of a role and is not built is refused in a sentence, and whole operations with 501',
  { known: 'assumed', source: '' },
  async () => {
    const bounded = {
      RoleName: 'Bounded',
      AssumeRolePolicyDocument: PROVISIONING_TRUST_POLICY,
      PermissionsBoundary: REGISTRATION,
    };
    expect(await boto.refusal('iam.create_role', bounded)).toEqual({
      name: 'InvalidInput',
      status: 400,
      message: 'PermissionsBoundary is not supported by the sandbox',
    });
    const linked = { AWSServiceName: 'iot.amazonaws.com' };
    expect(await boto.refusal('iam.create_service_linked_role', linked)).toMatchObject({
      status: 501,
      message: 'The sandbox does not implement CreateServiceLinkedRole',
    });
    expect(await boto.refusal('iam.create_user', { UserName: 'u' })).toMatchObject({ status: 501 });
  },
);
