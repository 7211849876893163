/**
 * Temporary credentials: whose they are.
 * IAM User Guide, "Temporary security credentials in IAM".
 * @module
 */
import { randomBytes } from 'node:crypto';
import { uniqueId } from '@/lib/sandbox/iam/iam-names';
import type { Scope } from '@/lib/sandbox/scope';
import type { RoleRecord } from '@/lib/sandbox/state/records';
import type { SandboxState } from '@/lib/sandbox/state/sandbox-state';
import type { RoleSessionRecord } from './session-record';

export type RoleCredentials = {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken: string;
  expiresAt: Date;
};

/** How long a session is remembered after its end, to be told from a key that never was. */
const EXPIRED_KEPT_MS = 60 * 60 * 1000;
/** A bound on what a loop of AssumeRole can fill; the oldest sessions are forgotten first. */
const SESSIONS_MAX = 10_000;
const SECRET_BYTES = 30;
const TOKEN_BYTES = 96;

/** Opens a session of a role for whoever may have one; the caller has judged that. */
export function openRoleSession(
  scope: Scope,
  {
    role,
    durationSeconds,
    ...rest
  }: {
    role: RoleRecord;
    sessionName: string;
    sourceIdentity?: string | undefined;
    durationSeconds: number;
  },
): RoleCredentials {
  const { sessions } = scope.sandbox.iam;
  const issuedAt = scope.now().getTime();
  forgetOld(scope.sandbox, issuedAt);
  const accessKeyId = uniqueId('ASIA');
  const expiresAt = issuedAt + durationSeconds * 1000;
  const { roleName, roleId } = role;
  sessions.set(accessKeyId, { accessKeyId, roleName, roleId, ...rest, issuedAt, expiresAt });
  return {
    accessKeyId,
    secretAccessKey: randomBytes(SECRET_BYTES).toString('base64'),
    sessionToken: randomBytes(TOKEN_BYTES).toString('base64'),
    expiresAt: new Date(expiresAt),
  };
}

/** The session that an access key belongs to, also one that has ended; undefined for any other key. */
export function roleSessionOf(
  sandbox: SandboxState,
  accessKeyId: string | undefined,
): RoleSessionRecord | undefined {
  return accessKeyId === undefined ? undefined : sandbox.iam.sessions.get(accessKeyId);
}

/** `arn:aws:sts::<account>:assumed-role/<role>/<session>`; the role's path is not part of it. */
export const assumedRoleArn = (
  accountId: string,
  { roleName, sessionName }: Pick<RoleSessionRecord, 'roleName' | 'sessionName'>,
) => `arn:aws:sts::${accountId}:assumed-role/${roleName}/${sessionName}`;

/**
 * The ARN of who calls with an access key: a role's session, or else the account itself, because any key is accepted.
 */
export function callerArn(sandbox: SandboxState, accessKeyId: string | undefined): string {
  const session = roleSessionOf(sandbox, accessKeyId);
  return session ? assumedRoleArn(sandbox.accountId, session) : `arn:aws:iam::${sandbox.accountId}:root`;
}

function forgetOld(sandbox: SandboxState, now: number): void {
  const { sessions } = sandbox.iam;
  for (const { accessKeyId, expiresAt } of [...sessions.values()]) {
    const isOld = expiresAt + EXPIRED_KEPT_MS < now;
    if (isOld || sessions.size >= SESSIONS_MAX) sessions.delete(accessKeyId);
  }
}
