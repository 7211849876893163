import { ApiError } from '@/lib/sandbox/api-error';
import type { RoleRecord } from '@/lib/sandbox/state/records';
import { checkSize, documentIn } from './iam-document';
import { DESCRIPTION, PATH, PATH_PREFIX, ROLE_NAME, uniqueId } from './iam-names';
import type { QueryOperation } from './query-operation';
import { queryPage } from './query-page';
import type { QueryParameters } from './query-parameters';
import { tagsIn, withoutTags, withTags } from './query-tags';
import { requireRole, roleXml, saveRole } from './role-record';

/** IAM and AWS STS quotas. */
const ROLES_MAX = 1000;
const SESSION_SECONDS = { min: 3600, max: 43_200 };

export const createRole: QueryOperation = (scope, parameters) => {
  const { roles } = scope.sandbox.iam;
  const roleName = parameters.required('RoleName', ROLE_NAME);
  const assumeRolePolicyDocument = trustPolicyIn(parameters, 'AssumeRolePolicyDocument');
  parameters.refuse('PermissionsBoundary');
  if (roles.has(roleName.toLowerCase())) {
    throw new ApiError('EntityAlreadyExists', `Role with name ${roleName} already exists.`);
  }
  if (roles.size >= ROLES_MAX) {
    throw new ApiError('LimitExceeded', `Cannot exceed quota for RolesPerAccount: ${ROLES_MAX}`);
  }
  const role: RoleRecord = {
    roleName,
    path: parameters.optional('Path', PATH) ?? '/',
    roleId: uniqueId('AROA'),
    description: parameters.optional('Description', DESCRIPTION),
    assumeRolePolicyDocument,
    maxSessionDuration: parameters.integer('MaxSessionDuration', SESSION_SECONDS) ?? SESSION_SECONDS.min,
    attachedPolicyArns: [],
    inlinePolicies: {},
    tags: tagsIn(parameters),
    createdAt: scope.now().getTime(),
    sequence: scope.region.nextSequence(),
  };
  saveRole(scope, role);
  return { Role: roleXml(scope, role) };
};

export const getRole: QueryOperation = (scope, parameters) => {
  const role = requireRole(scope, parameters);
  return { Role: { ...roleXml(scope, role), RoleLastUsed: {} } };
};

/** By name, and without tags, as IAM lists them. */
export const listRoles: QueryOperation = (scope, parameters) => {
  const prefix = parameters.optional('PathPrefix', PATH_PREFIX) ?? '/';
  const roles = [...scope.sandbox.iam.roles.values()]
    .filter((role) => role.path.startsWith(prefix))
    .sort((a, b) => (a.roleName < b.roleName ? -1 : 1));
  const { from, to, truncation } = queryPage(parameters, roles.length);
  return {
    Roles: roles.slice(from, to).map((role) => ({ ...roleXml(scope, role), Tags: undefined })),
    ...truncation,
  };
};

/** What is not given stays. */
export const updateRole: QueryOperation = (scope, parameters) => {
  const role = requireRole(scope, parameters);
  saveRole(scope, {
    ...role,
    description: parameters.optional('Description', DESCRIPTION) ?? role.description,
    maxSessionDuration: parameters.integer('MaxSessionDuration', SESSION_SECONDS) ?? role.maxSessionDuration,
  });
  return {};
};

export const deleteRole: QueryOperation = (scope, parameters) => {
  const role = requireRole(scope, parameters);
  if (role.attachedPolicyArns.length > 0) {
    throw new ApiError('DeleteConflict', 'Cannot delete entity, must detach all policies first.');
  }
  if (Object.keys(role.inlinePolicies).length > 0) {
    throw new ApiError('DeleteConflict', 'Cannot delete entity, must delete policies first.');
  }
  scope.sandbox.iam.roles.delete(role.roleName.toLowerCase());
  return undefined;
};

export const updateAssumeRolePolicy: QueryOperation = (scope, parameters) => {
  const role = requireRole(scope, parameters);
  saveRole(scope, { ...role, assumeRolePolicyDocument: trustPolicyIn(parameters, 'PolicyDocument') });
  return undefined;
};

export const tagRole: QueryOperation = (scope, parameters) => {
  const role = requireRole(scope, parameters);
  saveRole(scope, { ...role, tags: withTags(role.tags, parameters) });
  return undefined;
};

export const untagRole: QueryOperation = (scope, parameters) => {
  const role = requireRole(scope, parameters);
  saveRole(scope, { ...role, tags: withoutTags(role.tags, parameters) });
  return undefined;
};

export const listRoleTags: QueryOperation = (scope, parameters) => {
  const { tags } = requireRole(scope, parameters);
  const { from, to, truncation } = queryPage(parameters, tags.length);
  return { Tags: tags.slice(from, to), ...truncation };
};

const trustPolicyIn = (parameters: QueryParameters, name: string) =>
  checkSize(documentIn(parameters, { name, dialect: 'trust' }), 'trust');
