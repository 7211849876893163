/**
 * Who made a call, as CloudTrail writes it.
 * CloudTrail User Guide, "CloudTrail userIdentity element".
 * @module
 */
import type { Scope } from '@/lib/sandbox/scope';
import { assumedRoleArn, roleSessionOf } from '@/lib/sandbox/sts/role-sessions';
import type { TrailIdentity } from './trail-events';
import { secondsText } from './trail-record';

/** Whose access key signed: a session of a role, or else the account itself, because any key is accepted. */
export function callerIdentity(scope: Scope): TrailIdentity {
  const { accountId, accessKeyId, sandbox } = scope;
  const session = roleSessionOf(sandbox, accessKeyId);
  if (session) {
    const { roleName, issuedAt } = session;
    const path = sandbox.iam.roles.get(roleName.toLowerCase())?.path ?? '/';
    const roleArn = `arn:aws:iam::${accountId}:role${path}${roleName}`;
    return sessionIdentity({ ...session, accountId, roleArn, createdAt: issuedAt });
  }
  const userIdentity = {
    type: 'Root',
    principalId: accountId,
    arn: `arn:aws:iam::${accountId}:root`,
    accountId,
    accessKeyId,
  };
  return { username: 'root', accessKeyId, userIdentity };
}

type RoleSession = {
  accountId: string;
  roleArn: string;
  roleName: string;
  roleId: string;
  sessionName: string;
  /** Epoch milliseconds. */
  createdAt: number;
  accessKeyId?: string | undefined;
  /** The service that called, where it was one. */
  invokedBy?: string | undefined;
};

/** Lookups find a session by its name. */
export function sessionIdentity(session: RoleSession): TrailIdentity {
  const { accountId, roleArn, roleName, roleId, sessionName, createdAt, accessKeyId, invokedBy } = session;
  return {
    username: sessionName,
    accessKeyId,
    userIdentity: {
      type: 'AssumedRole',
      principalId: `${roleId}:${sessionName}`,
      arn: assumedRoleArn(accountId, session),
      accountId,
      accessKeyId,
      sessionContext: {
        sessionIssuer: { type: 'Role', principalId: roleId, arn: roleArn, accountId, userName: roleName },
        attributes: { creationDate: secondsText(createdAt), mfaAuthenticated: 'false' },
      },
      invokedBy,
    },
  };
}
