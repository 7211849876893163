import { ApiError } from '@/lib/sandbox/api-error';
import type { Scope } from '@/lib/sandbox/scope';
import type { RoleRecord } from '@/lib/sandbox/state/records';
import type { SandboxState } from '@/lib/sandbox/state/sandbox-state';
import { encodeDocument } from './iam-document';
import { ROLE_ARN, ROLE_NAME } from './iam-names';
import type { QueryParameters } from './query-parameters';

/** Names of roles are unique without regard to case. */
export function requireRole(scope: Scope, parameters: QueryParameters): RoleRecord {
  const roleName = parameters.required('RoleName', ROLE_NAME);
  const role = scope.sandbox.iam.roles.get(roleName.toLowerCase());
  if (!role) throw new ApiError('NoSuchEntity', `The role with name ${roleName} cannot be found.`);
  return role;
}

/** The role that an ARN names to the letter, path included. */
export function roleByArn(sandbox: SandboxState, roleArn: string): RoleRecord | undefined {
  const [, accountId, path, roleName = ''] = ROLE_ARN.exec(roleArn) ?? [];
  const role = accountId === sandbox.accountId ? sandbox.iam.roles.get(roleName.toLowerCase()) : undefined;
  return role?.roleName === roleName && role.path === path ? role : undefined;
}

export function saveRole(scope: Scope, role: RoleRecord): void {
  scope.sandbox.iam.roles.set(role.roleName.toLowerCase(), role);
}

export const roleArnOf = (accountId: string, { path, roleName }: RoleRecord) =>
  `arn:aws:iam::${accountId}:role${path}${roleName}`;

export function roleXml(scope: Scope, role: RoleRecord) {
  return {
    Path: role.path,
    RoleName: role.roleName,
    RoleId: role.roleId,
    Arn: roleArnOf(scope.accountId, role),
    CreateDate: new Date(role.createdAt),
    AssumeRolePolicyDocument: encodeDocument(role.assumeRolePolicyDocument),
    Description: role.description,
    MaxSessionDuration: role.maxSessionDuration,
    Tags: role.tags.length > 0 ? role.tags : undefined,
  };
}
