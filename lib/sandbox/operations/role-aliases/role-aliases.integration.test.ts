import { CreateRoleAliasCommand, DescribeRoleAliasCommand } from '@aws-sdk/client-iot';
import { expect } from 'vitest';
import { PROVISIONING_TRUST_POLICY } from '@/lib/provisioning/provisioning-role';
import { behaviour } from '@/lib/sandbox/testing/behaviour';
import { clientsFor } from '@/lib/sandbox/testing/clients';
import { testSandbox } from '@/lib/sandbox/testing/test-sandbox';

const ARN = 'arn:aws:iot:us-east-2:123456789012:rolealias/';
const roleArn = 'arn:aws:iam::123456789012:role/DeviceRole';
const REFUSED = { name: 'InvalidRequestException', status: 400 };
const MISSING = { name: 'ResourceNotFoundException', status: 404 };

const { sandbox, boto } = await testSandbox();

const create = (roleAlias: string, more: object = {}, region?: string) =>
  boto.ok('iot.create_role_alias', { roleAlias, roleArn, ...more }, region);
const describeAlias = async (roleAlias: string) =>
  (await boto.ok('iot.describe_role_alias', { roleAlias }))['roleAliasDescription'];

behaviour(
  'A role alias names a role, for credentials of one hour unless it says otherwise',
  { known: 'documented', source: 'API reference, CreateRoleAlias and DescribeRoleAlias' },
  async () => {
    const { iot } = clientsFor(sandbox.api);
    const roleAlias = 'a=b,c@d-e';
    const made = await iot.send(new CreateRoleAliasCommand({ roleAlias, roleArn }));
    expect(made).toMatchObject({ roleAlias, roleAliasArn: `${ARN}${roleAlias}` });
    const { roleAliasDescription } = await iot.send(new DescribeRoleAliasCommand({ roleAlias }));
    expect(roleAliasDescription).toMatchObject({
      roleAlias,
      roleArn,
      owner: '123456789012',
      credentialDurationSeconds: 3600,
    });
    expect(roleAliasDescription?.creationDate).toBeInstanceOf(Date);
  },
);

behaviour(
  'CreateRoleAlias of a name that is there is ResourceAlreadyExistsException 409',
  { known: 'documented', source: 'API reference, CreateRoleAlias; text of getmoto/moto' },
  async () => {
    await create('Twice');
    expect(await boto.refusal('iot.create_role_alias', { roleAlias: 'Twice', roleArn })).toEqual({
      name: 'ResourceAlreadyExistsException',
      status: 409,
      message: 'RoleAlias cannot be created - already exists (name=Twice)',
    });
  },
);

behaviour(
  'UpdateRoleAlias changes what is given and leaves the rest',
  { known: 'documented', source: 'API reference, UpdateRoleAlias' },
  async () => {
    await create('Updated', { credentialDurationSeconds: 900 });
    await boto.ok('iot.update_role_alias', { roleAlias: 'Updated', roleArn: `${roleArn}2` });
    expect(await describeAlias('Updated')).toMatchObject({
      roleArn: `${roleArn}2`,
      credentialDurationSeconds: 900,
    });
    await boto.ok('iot.update_role_alias', { roleAlias: 'Updated', credentialDurationSeconds: 1800 });
    expect(await describeAlias('Updated')).toMatchObject({
      roleArn: `${roleArn}2`,
      credentialDurationSeconds: 1800,
    });
  },
);

behaviour(
  'Credentials of a role alias last 15 minutes to 12 hours, and not longer than sessions of its role',
  { known: 'documented', source: 'API reference, CreateRoleAlias, credentialDurationSeconds' },
  async () => {
    const short = 'arn:aws:iam::123456789012:role/Short';
    const role = { RoleName: 'Short', AssumeRolePolicyDocument: PROVISIONING_TRUST_POLICY };
    await boto.ok('iam.create_role', role);
    const refusal = (more: object) =>
      boto.refusal('iot.create_role_alias', { roleAlias: 'Timed', roleArn, ...more });
    expect(await refusal({ credentialDurationSeconds: 899 })).toMatchObject(REFUSED);
    expect(await refusal({ credentialDurationSeconds: 43_201 })).toMatchObject(REFUSED);
    expect(await refusal({ roleArn: short, credentialDurationSeconds: 3601 })).toMatchObject(REFUSED);
    await create('Timed', { roleArn: short, credentialDurationSeconds: 3600 });
    const longer = { roleAlias: 'Timed', credentialDurationSeconds: 3601 };
    expect(await boto.refusal('iot.update_role_alias', longer)).toMatchObject(REFUSED);
  },
);

behaviour(
  'What names no role or no alias is refused; a role that is not there yet is not',
  { known: 'assumed', source: '' },
  async () => {
    for (const input of [
      { roleAlias: 'x', roleArn: 'arn:aws:iam::123456789012:user/someone' },
      { roleAlias: 'a b', roleArn },
      { roleAlias: 'x'.repeat(129), roleArn },
    ]) {
      expect(await boto.refusal('iot.create_role_alias', input)).toMatchObject(REFUSED);
    }
    for (const call of ['describe', 'update', 'delete']) {
      expect(await boto.refusal(`iot.${call}_role_alias`, { roleAlias: 'Nobody' })).toMatchObject(MISSING);
    }
  },
);

behaviour(
  'Role aliases are listed page by page in the order of their creation, deleted, and tagged',
  { known: 'documented', source: 'API reference, ListRoleAliases and DeleteRoleAlias' },
  async () => {
    const region = 'eu-west-1';
    for (const name of ['A1', 'A2', 'A3']) await create(name, {}, region);
    const first = await boto.ok('iot.list_role_aliases', { pageSize: 2, ascendingOrder: true }, region);
    const marker = first['nextMarker'];
    const rest = await boto.ok('iot.list_role_aliases', { marker, ascendingOrder: true }, region);
    expect([first['roleAliases'], rest['roleAliases']]).toEqual([['A1', 'A2'], ['A3']]);
    await boto.ok('iot.delete_role_alias', { roleAlias: 'A2' }, region);
    expect((await boto.ok('iot.list_role_aliases', {}, region))['roleAliases']).toEqual(['A3', 'A1']);
    const tags = [{ Key: 'k', Value: 'v' }];
    const { roleAliasArn: resourceArn } = await create('Tagged', { tags });
    expect((await boto.ok('iot.list_tags_for_resource', { resourceArn }))['tags']).toEqual(tags);
  },
);

behaviour(
  'An account has at most 100 role aliases in a Region: LimitExceededException 410',
  { known: 'documented', source: 'AWS IoT Core quotas' },
  async () => {
    const region = 'eu-west-2';
    for (let index = 0; index < 100; index += 1) await create(`alias-${index}`, {}, region);
    const more = { roleAlias: 'alias-100', roleArn };
    expect(await boto.refusal('iot.create_role_alias', more, region)).toMatchObject({
      name: 'LimitExceededException',
      status: 410,
    });
  },
);
