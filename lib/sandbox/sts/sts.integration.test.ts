import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { expect, it } from 'vitest';
import { createPolicy } from '@/lib/sandbox/iam/customer-policies';
import { QueryParameters } from '@/lib/sandbox/iam/query-parameters';
import { roleJudge } from '@/lib/sandbox/iam/role-judge';
import { attachRolePolicy } from '@/lib/sandbox/iam/role-policies';
import { roleByArn } from '@/lib/sandbox/iam/role-record';
import { createRole } from '@/lib/sandbox/iam/roles';
import type { Scope } from '@/lib/sandbox/scope';
import { type Sandbox, startSandbox } from '@/lib/sandbox/start-sandbox';
import { behaviour } from '@/lib/sandbox/testing/behaviour';
import type { BotoOutput } from '@/lib/sandbox/testing/boto';
import { clientsFor, refusalOf } from '@/lib/sandbox/testing/clients';
import { testSandbox } from '@/lib/sandbox/testing/test-sandbox';
import { callerArn, openRoleSession, type RoleCredentials } from './role-sessions';

const KEPT_ROLE = 'arn:aws:iam::123456789012:role/Kept';
const PUBLISH =
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"iot:Publish","Resource":"*"}]}';
const START = new Date('2026-01-02T03:04:05Z');
const trustOf = (Principal: object, more: object = {}) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal, Action: 'sts:AssumeRole', ...more }],
  });
const ACCOUNT_TRUST = trustOf({ AWS: 'arn:aws:iam::123456789012:root' });
const DENIED = { name: 'AccessDenied', status: 403 };
const INVALID = { name: 'ValidationError', status: 400 };

let now = START;
const { sandbox, boto } = await testSandbox({ now: () => now });

async function newRole(RoleName: string, AssumeRolePolicyDocument = ACCOUNT_TRUST, more: object = {}) {
  const { Role } = await boto.ok('iam.create_role', { RoleName, AssumeRolePolicyDocument, ...more });
  return { arn: String(Role.Arn), id: String(Role.RoleId) };
}
const assume = (RoleArn: string, more: object = {}) =>
  boto.ok('sts.assume_role', { RoleArn, RoleSessionName: 'alice', ...more });
const refused = (RoleArn: string, more: object = {}) =>
  boto.refusal('sts.assume_role', { RoleArn, RoleSessionName: 'alice', ...more });

const form = (members: Record<string, string>) => new QueryParameters(new URLSearchParams(members));
const scopeOf = ({ state }: Sandbox): Scope => ({
  sandbox: state,
  region: state.region('us-east-2'),
  accountId: state.accountId,
  now: () => new Date(),
});

const clientWith = ({ Credentials }: BotoOutput) =>
  new STSClient({
    endpoint: sandbox.api,
    region: 'us-east-2',
    maxAttempts: 1,
    credentials: {
      accessKeyId: Credentials.AccessKeyId,
      secretAccessKey: Credentials.SecretAccessKey,
      sessionToken: Credentials.SessionToken,
    },
  });

behaviour(
  'GetCallerIdentity tells the account, whatever the access key',
  { known: 'assumed', source: '' },
  async () => {
    const identity = await clientsFor(sandbox.api).sts.send(new GetCallerIdentityCommand({}));
    expect(identity).toMatchObject({ Account: '123456789012', Arn: 'arn:aws:iam::123456789012:root' });
  },
);

behaviour(
  'AssumeRole gives temporary credentials of a named session, and GetCallerIdentity with them answers the session',
  { known: 'documented', source: 'STS API reference, AssumeRole and GetCallerIdentity' },
  async () => {
    const { arn, id } = await newRole('Operators', ACCOUNT_TRUST, { Path: '/console/' });
    const session = await assume(arn, { SourceIdentity: 'alice@example.com' });
    const sessionArn = 'arn:aws:sts::123456789012:assumed-role/Operators/alice';
    expect(session).toMatchObject({
      AssumedRoleUser: { AssumedRoleId: `${id}:alice`, Arn: sessionArn },
      SourceIdentity: 'alice@example.com',
      Credentials: { Expiration: '2026-01-02T04:04:05+00:00' },
    });
    expect(session['Credentials'].AccessKeyId).toMatch(/^ASIA[A-Z2-7]{16}$/);
    const identity = await clientWith(session).send(new GetCallerIdentityCommand({}));
    expect(identity).toMatchObject({ Account: '123456789012', Arn: sessionArn, UserId: `${id}:alice` });
  },
);

behaviour(
  'AssumeRole is AccessDenied 403 when the trust policy does not name the account or somebody of it, or there is no role',
  { known: 'documented', source: 'IAM User Guide, "Troubleshoot IAM roles"' },
  async () => {
    const service = await newRole('ForService', trustOf({ Service: 'iot.amazonaws.com' }));
    const stranger = await newRole('ForStranger', trustOf({ AWS: '999999999999' }));
    const nobody = 'arn:aws:iam::123456789012:role/Nobody';
    for (const arn of [service.arn, stranger.arn, nobody]) {
      expect(await refused(arn)).toEqual({
        ...DENIED,
        message: `User: arn:aws:iam::123456789012:root is not authorized to perform: sts:AssumeRole on resource: ${arn}`,
      });
    }
    const principals = ['123456789012', 'arn:aws:iam::123456789012:user/ci', '*'];
    for (const [index, AWS] of principals.entries()) {
      await assume((await newRole(`ForAccount${index}`, trustOf({ AWS }))).arn);
    }
  },
);

behaviour(
  'A trust policy that asks for an external id is met by that id only',
  { known: 'documented', source: 'IAM User Guide, "Access to AWS accounts owned by third parties"' },
  async () => {
    const condition = { Condition: { StringEquals: { 'sts:ExternalId': 'fleet-7' } } };
    const { arn } = await newRole('External', trustOf({ AWS: '123456789012' }, condition));
    expect(await refused(arn)).toMatchObject(DENIED);
    expect(await refused(arn, { ExternalId: 'fleet-8' })).toMatchObject(DENIED);
    await assume(arn, { ExternalId: 'fleet-7' });
  },
);

behaviour(
  'A session lasts 15 minutes at least and at most what the role allows, one hour when roles are chained',
  { known: 'documented', source: 'STS API reference, AssumeRole, DurationSeconds' },
  async () => {
    const { arn } = await newRole('Timed', ACCOUNT_TRUST, { MaxSessionDuration: 7200 });
    expect(await refused(arn, { DurationSeconds: 899 })).toMatchObject(INVALID);
    expect(await refused(arn, { DurationSeconds: 7201 })).toEqual({
      ...INVALID,
      message: 'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
    });
    const long = await assume(arn, { DurationSeconds: 7200 });
    expect(long['Credentials'].Expiration).toBe('2026-01-02T05:04:05+00:00');
    const chained = clientWith(long).send(
      new AssumeRoleCommand({ RoleArn: arn, RoleSessionName: 'bob', DurationSeconds: 3601 }),
    );
    expect((await refusalOf(chained)).message).toBe(
      'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining',
    );
  },
);

behaviour(
  'A session that has ended is ExpiredToken 403',
  { known: 'documented', source: 'STS API reference, common errors' },
  async () => {
    const session = await assume((await newRole('Ending')).arn, { DurationSeconds: 900 });
    now = new Date(START.getTime() + 900_000);
    try {
      const identity = clientWith(session).send(new GetCallerIdentityCommand({}));
      expect(await refusalOf(identity)).toMatchObject({ name: 'ExpiredToken', status: 403 });
    } finally {
      now = START;
    }
  },
);

it('keeps managed policies and sessions over a restart', async () => {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'sts-'));
  try {
    let credentials: RoleCredentials;
    {
      await using first = await startSandbox({ dataDir });
      const scope = scopeOf(first);
      createPolicy(scope, form({ PolicyName: 'Kept', PolicyDocument: PUBLISH }));
      createRole(scope, form({ RoleName: 'Kept', AssumeRolePolicyDocument: ACCOUNT_TRUST }));
      attachRolePolicy(scope, form({ RoleName: 'Kept', PolicyArn: 'arn:aws:iam::123456789012:policy/Kept' }));
      const role = roleByArn(first.state, KEPT_ROLE);
      if (!role) throw new Error('no role');
      credentials = openRoleSession(scope, { role, sessionName: 'alice', durationSeconds: 900 });
    }
    await using second = await startSandbox({ dataDir });
    expect(callerArn(second.state, credentials.accessKeyId)).toBe(
      'arn:aws:sts::123456789012:assumed-role/Kept/alice',
    );
    expect(roleJudge(second.state, KEPT_ROLE)?.allows('iot:Publish', 'arn:aws:iot:x:y:topic/a')).toBe(true);
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
});

behaviour(
  'What limits a session is refused in a sentence, and other operations of STS with 501',
  { known: 'assumed', source: '' },
  async () => {
    const { arn } = await newRole('Limited');
    for (const more of [{ Policy: '{}' }, { PolicyArns: [{ arn }] }, { Tags: [{ Key: 'k', Value: 'v' }] }]) {
      const refusal = await refused(arn, more);
      expect(refusal).toMatchObject({ name: 'InvalidInput', status: 400 });
      expect(refusal.message).toContain('is not supported by the sandbox');
    }
    expect(await refused(arn, { RoleSessionName: 'a b' })).toMatchObject(INVALID);
    expect(await boto.refusal('sts.get_session_token')).toMatchObject({ status: 501 });
  },
);
