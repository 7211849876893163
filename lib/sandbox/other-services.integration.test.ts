import {
  AttachRolePolicyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
  ListRolesCommand,
  PutRolePolicyCommand,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { PublishCommand } from '@aws-sdk/client-iot-data-plane';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { PROVISIONING_TRUST_POLICY } from '@/lib/provisioning/provisioning-role';
import { checkRole } from './iam/provisioning-role';
import type { BusMessage } from './message-bus';
import { type Sandbox, startSandbox } from './start-sandbox';
import { clientsFor, refusalOf } from './testing/clients';

const MANAGED = 'arn:aws:iam::aws:policy/service-role/AWSIoTThingsRegistration';
const ROLE_ARN = 'arn:aws:iam::123456789012:role/JITPRole';
const OTHER_TRUST = PROVISIONING_TRUST_POLICY.replace('iot.amazonaws.com', 'lambda.amazonaws.com');

let sandbox: Sandbox;
let clients: ReturnType<typeof clientsFor>;

beforeAll(async () => {
  sandbox = await startSandbox({ accountId: '123456789012' });
  clients = clientsFor(sandbox.api);
});
beforeEach(() => sandbox.state.reset());
afterAll(() => sandbox.close());

describe('IAM', () => {
  const RoleName = 'JITPRole';
  const create = (AssumeRolePolicyDocument = PROVISIONING_TRUST_POLICY) =>
    clients.iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument, Description: 'a & <b>' }));

  it('makes a role that AWS IoT can provision with', async () => {
    expect(checkRole(sandbox.state, ROLE_ARN).kind).toBe('missing');
    expect((await create()).Role?.Arn).toBe(ROLE_ARN);
    const { Role } = await clients.iam.send(new GetRoleCommand({ RoleName }));
    expect(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? '')).toBe(PROVISIONING_TRUST_POLICY);
    expect(Role?.Description).toBe('a & <b>');
    expect(Role?.CreateDate).toBeInstanceOf(Date);
    const attach = () => clients.iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn: MANAGED }));
    await attach();
    await attach();
    const attached = await clients.iam.send(new ListAttachedRolePoliciesCommand({ RoleName }));
    expect(attached.AttachedPolicies).toEqual([
      { PolicyName: 'AWSIoTThingsRegistration', PolicyArn: MANAGED },
    ]);
    const verdict = checkRole(sandbox.state, ROLE_ARN);
    if (verdict.kind !== 'ok') throw new Error(verdict.kind);
    expect([verdict.allows('iot:CreateThing'), verdict.allows('iot:DeleteThing')]).toEqual([true, false]);

    const { Policy } = await clients.iam.send(new GetPolicyCommand({ PolicyArn: MANAGED }));
    const { PolicyVersion } = await clients.iam.send(
      new GetPolicyVersionCommand({ PolicyArn: MANAGED, VersionId: Policy?.DefaultVersionId }),
    );
    expect(decodeURIComponent(PolicyVersion?.Document ?? '')).toContain('iot:AttachPrincipalPolicy');

    await clients.iam.send(new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument: OTHER_TRUST }));
    expect(checkRole(sandbox.state, ROLE_ARN).kind).toBe('not-trusting');
  });

  it('keeps inline policies and deletes only what is bare', async () => {
    await create();
    const PolicyName = 'inline';
    const PolicyDocument =
      '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"iot:CreateThing","Resource":"arn:aws:iot:*:*:thing/a*"}]}';
    await clients.iam.send(new PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument }));
    await clients.iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn: MANAGED }));
    await clients.iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn: MANAGED }));
    expect((await clients.iam.send(new ListRolePoliciesCommand({ RoleName }))).PolicyNames).toEqual([
      PolicyName,
    ]);
    const inline = await clients.iam.send(new GetRolePolicyCommand({ RoleName, PolicyName }));
    expect(decodeURIComponent(inline.PolicyDocument ?? '')).toBe(PolicyDocument);
    const verdict = checkRole(sandbox.state, ROLE_ARN);
    if (verdict.kind !== 'ok') throw new Error(verdict.kind);
    expect(verdict.allows('iot:CreateThing', 'arn:aws:iot:us-east-1:123456789012:thing/abc')).toBe(true);
    expect(verdict.allows('iot:CreateThing', 'arn:aws:iot:us-east-1:123456789012:thing/xyz')).toBe(false);

    const remove = () => clients.iam.send(new DeleteRoleCommand({ RoleName }));
    expect(await refusalOf(remove())).toMatchObject({ name: 'DeleteConflictException', status: 409 });
    await clients.iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName }));
    await remove();
    expect((await clients.iam.send(new ListRolesCommand({}))).Roles).toEqual([]);
  });

  it('answers with the names of IAM', async () => {
    await create();
    const refused = async (call: Promise<unknown>) => {
      const { name, status } = await refusalOf(call);
      return `${status} ${name}`;
    };
    expect(await refused(create())).toBe('409 EntityAlreadyExistsException');
    expect(await refused(clients.iam.send(new GetRoleCommand({ RoleName: 'Nobody' })))).toBe(
      '404 NoSuchEntityException',
    );
    const malformed = clients.iam.send(
      new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument: 'nonsense' }),
    );
    expect(await refused(malformed)).toBe('400 MalformedPolicyDocumentException');
    const unbuilt = await refusalOf(clients.iam.send(new CreateUserCommand({ UserName: 'u' })));
    expect(unbuilt).toMatchObject({ status: 501, message: 'The sandbox does not implement CreateUser' });
  });
});

describe('STS', () => {
  it('tells the account', async () => {
    const identity = await clients.sts.send(new GetCallerIdentityCommand({}));
    expect(identity.Account).toBe('123456789012');
  });
});

describe('the data plane', () => {
  const published: BusMessage[] = [];
  beforeEach(() => {
    published.length = 0;
    sandbox.state.messageBus = {
      publish: async (message) => {
        published.push(message);
      },
      listen: () => () => undefined,
      clients: () => [],
    };
  });

  it('publishes what the SDK sends, bytes as they are', async () => {
    const payload = Uint8Array.from({ length: 256 }, (_, index) => index);
    await clients.data.send(new PublishCommand({ topic: 'a/b c/ü', payload, qos: 1 }));
    expect(published).toMatchObject([{ region: 'us-east-2', topic: 'a/b c/ü', qos: 1, retain: false }]);
    expect(Buffer.from(published[0]?.payload ?? []).equals(payload)).toBe(true);
  });

  it('takes plain slashes too, as curl sends them', async () => {
    const response = await fetch(`${sandbox.api}/topics/a/b/c?qos=0&retain=true`, {
      method: 'POST',
      body: 'hi',
    });
    expect(response.status).toBe(200);
    expect(published).toMatchObject([{ region: 'us-east-1', topic: 'a/b/c', qos: 0, retain: true }]);
  });

  it.each([
    ['a reserved topic', '$aws/events/certificates/registered/x', 'ForbiddenException', 403],
    ['a wildcard', 'a/#', 'InvalidRequestException', 400],
    ['eight slashes', 'a/b/c/d/e/f/g/h/i', 'InvalidRequestException', 400],
    ['257 bytes', 'x'.repeat(257), 'InvalidRequestException', 400],
  ])('refuses %s', async (_why, topic, name, status) => {
    const refusal = await refusalOf(
      clients.data.send(new PublishCommand({ topic, payload: new Uint8Array() })),
    );
    expect(refusal).toMatchObject({ name, status });
    expect(published).toEqual([]);
  });
});
