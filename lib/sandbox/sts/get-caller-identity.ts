import { ApiError } from '@/lib/sandbox/api-error';
import type { QueryOperation } from '@/lib/sandbox/iam/query-operation';
import type { Scope } from '@/lib/sandbox/scope';
import { callerArn, roleSessionOf } from './role-sessions';
import type { RoleSessionRecord } from './session-record';

/** A role's session by its key; whoever comes with any other key is the account itself. */
export const getCallerIdentity: QueryOperation = (scope) => {
  const session = currentSession(scope);
  return {
    Arn: callerArn(scope.sandbox, scope.accessKeyId),
    UserId: session ? `${session.roleId}:${session.sessionName}` : scope.accountId,
    Account: scope.accountId,
  };
};

/** The session that calls. @throws ApiError ExpiredToken when the key's session has ended */
export function currentSession(scope: Scope): RoleSessionRecord | undefined {
  const session = roleSessionOf(scope.sandbox, scope.accessKeyId);
  if (session === undefined || session.expiresAt > scope.now().getTime()) return session;
  throw new ApiError('ExpiredToken', 'The security token included in the request is expired');
}
