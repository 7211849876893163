import {
  AttachPolicyCommand,
  CreatePolicyCommand,
  DeleteCertificateCommand,
  ListTargetsForPolicyCommand,
} from '@aws-sdk/client-iot';
import { afterAll, beforeAll, expect } from 'vitest';
import { type Sandbox, startSandbox } from '@/lib/sandbox/start-sandbox';
import { behaviour } from '@/lib/sandbox/testing/behaviour';
import { Boto } from '@/lib/sandbox/testing/boto';
import { CertificateMaker } from '@/lib/sandbox/testing/certificate-maker';
import { clientsFor } from '@/lib/sandbox/testing/clients';

const OPEN = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"iot:*","Resource":"*"}]}';
const ARN = 'arn:aws:iot:us-east-2:123456789012:';
const UNKNOWN_CERTIFICATE = `${ARN}cert/${'0'.repeat(64)}`;
const IDENTITY = 'us-east-2:8a8e0f4c-8a5e-4b5e-9d5e-0f4c8a8e0f4c';
const REFUSED = { name: 'InvalidRequestException', status: 400 };
const MISSING = { name: 'ResourceNotFoundException', status: 404 };
const CONFLICT = { name: 'DeleteConflictException', status: 409 };
const FULL = { name: 'LimitExceededException', status: 410 };

let sandbox: Sandbox;
let boto: Boto;
let maker: CertificateMaker;
beforeAll(async () => {
  sandbox = await startSandbox();
  boto = new Boto(sandbox.api);
  maker = await CertificateMaker.open();
});
afterAll(async () => {
  boto[Symbol.dispose]();
  await maker[Symbol.asyncDispose]();
  await sandbox.close();
});

const create = (policyName: string, more: object = {}) =>
  boto.ok('iot.create_policy', { policyName, policyDocument: OPEN, ...more });
const newVersion = (policyName: string, setAsDefault = false) =>
  boto.ok('iot.create_policy_version', { policyName, policyDocument: OPEN, setAsDefault });
const attach = (policyName: string, target: string) => boto.ok('iot.attach_policy', { policyName, target });
const namesOf = ({ policies }: { policies?: { policyName: string }[] }) =>
  policies?.map(({ policyName }) => policyName);

async function newCertificate(): Promise<{ arn: string; id: string }> {
  const { pem: certificatePem } = await maker.ca();
  const made = await boto.ok('iot.register_certificate_without_ca', { certificatePem });
  return { arn: made['certificateArn'], id: made['certificateId'] };
}

async function createMany(prefix: string, count: number): Promise<string[]> {
  const names = Array.from({ length: count }, (_, index) => `${prefix}${index}`);
  for (const name of names) await create(name);
  return names;
}

behaviour(
  'CreatePolicy makes version "1" the default; the same name again is ResourceAlreadyExistsException 409',
  { known: 'measured', source: 'getmoto/moto, tests of IoT policies' },
  async () => {
    const policyName = 'a+b@c,d=e.f-g';
    expect(await create(policyName)).toEqual({
      policyName,
      policyArn: `${ARN}policy/${policyName}`,
      policyDocument: OPEN,
      policyVersionId: '1',
    });
    expect(await boto.refusal('iot.create_policy', { policyName, policyDocument: OPEN })).toEqual({
      name: 'ResourceAlreadyExistsException',
      status: 409,
      message: `Policy cannot be created - name already exists (name=${policyName})`,
    });
    const read = await boto.ok('iot.get_policy', { policyName });
    expect(read).toMatchObject({ defaultVersionId: '1', policyDocument: OPEN });
  },
);

behaviour(
  'A policy has at most 5 versions; a sixth is VersionsLimitExceededException 409',
  { known: 'measured', source: 'getmoto/moto, test_policy_versions' },
  async () => {
    await create('Five');
    for (let count = 2; count <= 5; count += 1) await newVersion('Five');
    const sixth = { policyName: 'Five', policyDocument: OPEN };
    expect(await boto.refusal('iot.create_policy_version', sixth)).toEqual({
      name: 'VersionsLimitExceededException',
      status: 409,
      message: 'The policy Five already has the maximum number of versions (5)',
    });
  },
);

behaviour(
  'Version ids are increasing numbers that are not given again, and only setAsDefault puts one in force',
  { known: 'measured', source: 'getmoto/moto, test_policy_versions_increment_even_after_version_delete' },
  async () => {
    await create('Counting');
    expect(await newVersion('Counting')).toMatchObject({ policyVersionId: '2', isDefaultVersion: false });
    await boto.ok('iot.delete_policy_version', { policyName: 'Counting', policyVersionId: '2' });
    expect(await newVersion('Counting', true)).toMatchObject({
      policyVersionId: '3',
      isDefaultVersion: true,
    });
    const { policyVersions } = await boto.ok('iot.list_policy_versions', { policyName: 'Counting' });
    expect(
      policyVersions.map((version: { versionId: string; isDefaultVersion: boolean }) => [
        version.versionId,
        version.isDefaultVersion,
      ]),
    ).toEqual([
      ['3', true],
      ['1', false],
    ]);
    await boto.ok('iot.set_default_policy_version', { policyName: 'Counting', policyVersionId: '1' });
    expect(await boto.ok('iot.get_policy', { policyName: 'Counting' })).toMatchObject({
      defaultVersionId: '1',
    });
    expect(
      await boto.refusal('iot.set_default_policy_version', { policyName: 'Counting', policyVersionId: '2' }),
    ).toMatchObject(MISSING);
  },
);

behaviour(
  'DeletePolicyVersion does not remove the default version: DeleteConflictException 409',
  { known: 'measured', source: 'getmoto/moto, test_policy_versions' },
  async () => {
    await create('Defaulting');
    const version = { policyName: 'Defaulting', policyVersionId: '1' };
    expect(await boto.refusal('iot.delete_policy_version', version)).toEqual({
      ...CONFLICT,
      message: 'Cannot delete the default version of a policy',
    });
  },
);

behaviour(
  'DeletePolicy asks for the other versions to be deleted and the policy to be detached first',
  {
    known: 'measured',
    source: 'getmoto/moto, test_delete_policy_validation and test_policy_delete_fails_when_versions_exist',
  },
  async () => {
    const { arn } = await newCertificate();
    const policyName = 'Leaving';
    await create(policyName);
    await newVersion(policyName);
    expect(await boto.refusal('iot.delete_policy', { policyName })).toEqual({
      ...CONFLICT,
      message: 'Cannot delete the policy because it has one or more policy versions attached to it',
    });
    await boto.ok('iot.delete_policy_version', { policyName, policyVersionId: '2' });
    await attach(policyName, arn);
    expect(await boto.refusal('iot.delete_policy', { policyName })).toEqual({
      ...CONFLICT,
      message: `The policy cannot be deleted as the policy is attached to one or more principals (name=${policyName})`,
    });
    await boto.ok('iot.detach_policy', { policyName, target: arn });
    await boto.ok('iot.delete_policy', { policyName });
    const gone = await boto.refusal('iot.get_policy', { policyName });
    expect(gone).toMatchObject(MISSING);
    expect(gone.message).toContain('Policy not found');
  },
);

behaviour(
  'DeletePolicy looks at the versions before it looks at attachments',
  { known: 'assumed', source: '' },
  async () => {
    const policyName = 'BothWays';
    await create(policyName);
    await newVersion(policyName);
    await attach(policyName, (await newCertificate()).arn);
    expect((await boto.refusal('iot.delete_policy', { policyName })).message).toContain('policy versions');
  },
);

behaviour(
  'A policy document that is no policy is MalformedPolicyException 400',
  { known: 'documented', source: 'API reference, CreatePolicy; text measured, dwyl/learn-aws-iot #17' },
  async () => {
    const documents = [
      'x',
      '{"Version":"2012-10-17"}',
      OPEN.replace('Allow', 'Maybe'),
      OPEN.replace('"Effect"', '"Principal":"*","Effect"'),
      OPEN.replace('2012-10-17', '2020-01-01'),
    ];
    for (const policyDocument of documents) {
      const refusal = await boto.refusal('iot.create_policy', { policyName: 'Malformed', policyDocument });
      expect(refusal).toMatchObject({ name: 'MalformedPolicyException', status: 400 });
      expect(refusal.message).toContain('Policy document is Malformed');
    }
    await create('Reformed');
    const version = { policyName: 'Reformed', policyDocument: 'x' };
    expect(await boto.refusal('iot.create_policy_version', version)).toMatchObject({
      name: 'MalformedPolicyException',
      status: 400,
    });
  },
);

behaviour(
  'A policy document has at most 2048 characters, white space not counted',
  { known: 'documented', source: 'AWS IoT Core quotas, "Policy document size"' },
  async () => {
    const long = OPEN.replace('"*"', `"arn:${'x'.repeat(2048)}"`);
    expect(
      await boto.refusal('iot.create_policy', { policyName: 'Long', policyDocument: long }),
    ).toMatchObject({ name: 'MalformedPolicyException', status: 400 });
    await boto.ok('iot.create_policy', {
      policyName: 'Spacious',
      policyDocument: OPEN.replaceAll(',', `,${' '.repeat(2048)}`),
    });
  },
);

behaviour(
  'A policy name is 1 to 128 of letters, digits and _+=,.@-',
  { known: 'documented', source: 'service model, PolicyName' },
  async () => {
    for (const policyName of ['a b', 'a/b', 'a:b', 'x'.repeat(129)]) {
      expect(await boto.refusal('iot.create_policy', { policyName, policyDocument: OPEN })).toMatchObject(
        REFUSED,
      );
    }
    await create('x'.repeat(128));
  },
);

behaviour(
  'A certificate has at most 10 policies; an eleventh is LimitExceededException 410, one of the ten again succeeds',
  {
    known: 'documented',
    source: 'AWS IoT Core quotas, "Policies per certificate or Cognito identity"',
  },
  async () => {
    const { arn } = await newCertificate();
    const names = await createMany('Ten', 11);
    for (const name of names.slice(0, 10)) await attach(name, arn);
    await attach('Ten0', arn);
    expect(await boto.refusal('iot.attach_policy', { policyName: 'Ten10', target: arn })).toMatchObject(FULL);
    await boto.ok('iot.detach_policy', { policyName: 'Ten3', target: arn });
    await attach('Ten10', arn);
  },
);

behaviour(
  'A thing group has at most 2 policies',
  { known: 'documented', source: 'AWS IoT Core quotas, "Policies per thing group"' },
  async () => {
    const { thingGroupArn: target } = await boto.ok('iot.create_thing_group', { thingGroupName: 'pair' });
    const [first = '', second = '', policyName] = await createMany('Group', 3);
    await attach(first, target);
    await attach(second, target);
    expect(await boto.refusal('iot.attach_policy', { policyName, target })).toMatchObject(FULL);
    expect(await boto.ok('iot.list_targets_for_policy', { policyName: first })).toEqual({
      targets: [target],
    });
  },
);

behaviour(
  'A policy can be attached to a Cognito identity by its id',
  { known: 'documented', source: 'API reference, AttachPolicy' },
  async () => {
    await create('Cognito');
    await attach('Cognito', IDENTITY);
    expect(namesOf(await boto.ok('iot.list_attached_policies', { target: IDENTITY }))).toEqual(['Cognito']);
    expect((await boto.ok('iot.list_policy_principals', { policyName: 'Cognito' }))['principals']).toEqual([
      IDENTITY,
    ]);
  },
);

behaviour(
  'AttachPolicy to a certificate or thing group that is not there is ResourceNotFoundException 404 and names its ARN',
  {
    known: 'measured',
    source: 'getmoto/moto, test_attach_policy_to_non_existant_thing_group_raises_ResourceNotFoundException',
  },
  async () => {
    const policyName = 'Wanderer';
    await create(policyName);
    const elsewhere = (await newCertificate()).arn.replace('us-east-2', 'us-west-2');
    for (const target of [UNKNOWN_CERTIFICATE, `${ARN}thinggroup/nowhere`, elsewhere]) {
      const refusal = await boto.refusal('iot.attach_policy', { policyName, target });
      expect(refusal).toMatchObject(MISSING);
      expect(refusal.message).toContain(target);
    }
    for (const target of ['x', `${ARN}thing/x`, `${ARN}cert/x`]) {
      expect(await boto.refusal('iot.attach_policy', { policyName, target })).toMatchObject(REFUSED);
    }
    const { arn: target } = await newCertificate();
    expect(await boto.refusal('iot.attach_policy', { policyName: 'Nobody', target })).toMatchObject(MISSING);
  },
);

behaviour(
  'ListAttachedPolicies of a thing group lists its own policies, and with recursive those of the groups above as well',
  { known: 'documented', source: 'API reference, ListAttachedPolicies' },
  async () => {
    await boto.ok('iot.create_thing_group', { thingGroupName: 'root' });
    await boto.ok('iot.create_thing_group', { thingGroupName: 'middle', parentGroupName: 'root' });
    await boto.ok('iot.create_thing_group', { thingGroupName: 'leaf', parentGroupName: 'middle' });
    const [ofRoot = '', ofMiddle = '', ofLeaf = ''] = await createMany('Level', 3);
    await attach(ofRoot, `${ARN}thinggroup/root`);
    await attach(ofRoot, `${ARN}thinggroup/middle`);
    await attach(ofMiddle, `${ARN}thinggroup/middle`);
    await attach(ofLeaf, `${ARN}thinggroup/leaf`);
    const target = `${ARN}thinggroup/leaf`;
    const list = async (recursive: boolean) =>
      namesOf(await boto.ok('iot.list_attached_policies', { target, recursive }));
    expect(await list(false)).toEqual([ofLeaf]);
    expect(await list(true)).toEqual([ofRoot, ofMiddle, ofLeaf]);
    expect(await boto.refusal('iot.list_attached_policies', { target: `${ARN}thinggroup/no` })).toMatchObject(
      MISSING,
    );
  },
);

behaviour(
  'DetachPolicy of what is not attached succeeds',
  { known: 'documented', source: 'service model: DetachPolicy declares no ResourceNotFoundException' },
  async () => {
    await boto.ok('iot.detach_policy', { policyName: 'NeverMade', target: UNKNOWN_CERTIFICATE });
  },
);

behaviour(
  'The deprecated principal operations see what AttachPolicy attached, and take no thing group',
  {
    known: 'documented',
    source: 'API reference, AttachPrincipalPolicy: a certificate or a Cognito identity',
  },
  async () => {
    const { arn: principal } = await newCertificate();
    const { thingGroupArn } = await boto.ok('iot.create_thing_group', { thingGroupName: 'unprincipled' });
    const [policyName = '', other = ''] = await createMany('Old', 2);
    await boto.ok('iot.attach_principal_policy', { policyName, principal });
    await attach(other, principal);
    await attach(policyName, thingGroupArn);
    expect(namesOf(await boto.ok('iot.list_principal_policies', { principal }))).toEqual([policyName, other]);
    expect(await boto.ok('iot.list_policy_principals', { policyName })).toEqual({ principals: [principal] });
    expect((await boto.ok('iot.list_targets_for_policy', { policyName }))['targets']).toHaveLength(2);
    const group = { policyName, principal: thingGroupArn };
    expect(await boto.refusal('iot.attach_principal_policy', group)).toMatchObject(REFUSED);
    const unknown = { policyName: 'Nobody', principal };
    expect(await boto.refusal('iot.detach_principal_policy', unknown)).toMatchObject(MISSING);
    await boto.ok('iot.detach_principal_policy', { policyName, principal });
    expect(namesOf(await boto.ok('iot.list_attached_policies', { target: principal }))).toEqual([other]);
  },
);

behaviour(
  'A certificate with policies is deleted only by force, which detaches them',
  { known: 'measured', source: 'getmoto/moto, tests of delete_certificate' },
  async () => {
    const { iot } = clientsFor(sandbox.api);
    const { arn: target, id: certificateId } = await newCertificate();
    const policyName = 'Held';
    await iot.send(new CreatePolicyCommand({ policyName, policyDocument: OPEN }));
    await iot.send(new AttachPolicyCommand({ policyName, target }));
    expect(await boto.refusal('iot.delete_certificate', { certificateId })).toEqual({
      ...CONFLICT,
      message: `Certificate policies must be detached before deletion (arn: ${target})`,
    });
    await iot.send(new DeleteCertificateCommand({ certificateId, forceDelete: true }));
    expect((await iot.send(new ListTargetsForPolicyCommand({ policyName }))).targets).toEqual([]);
  },
);

behaviour(
  'Policies and attachments are listed page by page, newest first unless ascendingOrder asks otherwise',
  { known: 'documented', source: 'API reference, ListPolicies' },
  async () => {
    const region = 'ap-northeast-1';
    for (const policyName of ['P1', 'P2', 'P3']) {
      await boto.ok('iot.create_policy', { policyName, policyDocument: OPEN }, region);
    }
    const pages = async (ascendingOrder: boolean) => {
      const first = await boto.ok('iot.list_policies', { pageSize: 2, ascendingOrder }, region);
      const marker = first['nextMarker'];
      const rest = await boto.ok('iot.list_policies', { pageSize: 2, ascendingOrder, marker }, region);
      return [namesOf(first), namesOf(rest), rest['nextMarker']];
    };
    expect(await pages(true)).toEqual([['P1', 'P2'], ['P3'], undefined]);
    expect(await pages(false)).toEqual([['P3', 'P2'], ['P1'], undefined]);

    const { arn: target } = await newCertificate();
    for (const name of await createMany('Paged', 3)) await attach(name, target);
    const first = await boto.ok('iot.list_attached_policies', { target, pageSize: 2 });
    const marker = first['nextMarker'];
    const rest = await boto.ok('iot.list_attached_policies', { target, pageSize: 2, marker });
    expect([namesOf(first), namesOf(rest)]).toEqual([['Paged0', 'Paged1'], ['Paged2']]);
    const stolen = { target: IDENTITY, marker };
    expect(await boto.refusal('iot.list_attached_policies', stolen)).toMatchObject(REFUSED);
  },
);

behaviour(
  'CreatePolicy keeps tags, and DeletePolicy forgets them',
  { known: 'documented', source: 'API reference, CreatePolicy and ListTagsForResource' },
  async () => {
    const tags = [{ Key: 'team', Value: 'fleet' }];
    const { policyArn: resourceArn } = await create('Tagged', { tags });
    expect((await boto.ok('iot.list_tags_for_resource', { resourceArn }))['tags']).toEqual(tags);
    await boto.ok('iot.delete_policy', { policyName: 'Tagged' });
    await create('Tagged');
    expect((await boto.ok('iot.list_tags_for_resource', { resourceArn }))['tags']).toEqual([]);
    const refused = { policyName: 'BadlyTagged', policyDocument: OPEN, tags: [...tags, ...tags] };
    expect(await boto.refusal('iot.create_policy', refused)).toMatchObject(REFUSED);
    expect(await boto.refusal('iot.get_policy', { policyName: 'BadlyTagged' })).toMatchObject(MISSING);
  },
);
