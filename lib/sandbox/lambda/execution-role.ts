import { connectionContext } from '@/lib/policy/policy-context';
import { judgeTrust } from '@/lib/policy/trust-policy';
import type { Scope } from '@/lib/sandbox/scope';
import { invalidParameter } from './lambda-error';

const ROLE_NAME = /^arn:[^:]+:iam::(\d{12}):role\/(?:.*\/)?([^/]+)$/;

/**
 * That Lambda can assume a function's role. What the role allows is not asked: the sandbox lets any caller do anything.
 *
 * @throws ApiError InvalidParameterValueException
 */
export function checkExecutionRole(scope: Scope, roleArn: string): void {
  const [, accountId, roleName = ''] = ROLE_NAME.exec(roleArn) ?? [];
  const role =
    accountId === scope.accountId ? scope.sandbox.iam.roles.get(roleName.toLowerCase()) : undefined;
  const context = connectionContext({ extra: { 'aws:SourceAccount': scope.accountId } });
  const trust = role && judgeTrust(role.assumeRolePolicyDocument, 'lambda.amazonaws.com', context);
  if (trust?.kind === 'trusted') return;
  throw invalidParameter('The role defined for the function cannot be assumed by Lambda.');
}
