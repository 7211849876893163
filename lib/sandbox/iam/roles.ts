import { randomBytes } from 'node:crypto';
import { parsePolicy } from '@/lib/policy/policy-document';
import { ApiError } from '@/lib/sandbox/api-error';
import type { Scope } from '@/lib/sandbox/scope';
import type { RoleRecord } from '@/lib/sandbox/state/records';
import type { QueryParameters } from './query-parameters';
import type { XmlValue } from './xml';

/** IAM API Reference, CreateRole. */
const ROLE_NAME = /^[\w+=,.@-]{1,64}$/;
const PATH = /^(?:\/|\/[!-~]+\/)$/;
const DESCRIPTION = /^[\s\S]{0,1000}$/;
const DOCUMENT = /^[\t\n\r -\u00FF]{1,131072}$/;
const MARKER = /^\d{1,15}$/;

export type QueryOperation = (scope: Scope, parameters: QueryParameters) => XmlValue;

/** Names of roles are unique without regard to case. */
export function requireRole(scope: Scope, parameters: QueryParameters): RoleRecord {
  const roleName = parameters.required('RoleName', ROLE_NAME);
  const role = scope.sandbox.iam.roles.get(roleName.toLowerCase());
  if (!role) throw new ApiError('NoSuchEntity', `The role with name ${roleName} cannot be found.`);
  return role;
}

export function saveRole(scope: Scope, role: RoleRecord): void {
  scope.sandbox.iam.roles.set(role.roleName.toLowerCase(), role);
}

export const createRole: QueryOperation = (scope, parameters) => {
  const roleName = parameters.required('RoleName', ROLE_NAME);
  const assumeRolePolicyDocument = trustPolicy(parameters, 'AssumeRolePolicyDocument');
  if (scope.sandbox.iam.roles.has(roleName.toLowerCase())) {
    throw new ApiError('EntityAlreadyExists', `Role with name ${roleName} already exists.`);
  }
  const role: RoleRecord = {
    roleName,
    path: parameters.optional('Path', PATH) ?? '/',
    roleId: `AROA${randomBytes(9).toString('hex').slice(0, 17).toUpperCase()}`,
    description: parameters.optional('Description', DESCRIPTION),
    assumeRolePolicyDocument,
    maxSessionDuration: parameters.integer('MaxSessionDuration', { min: 3600, max: 43_200 }) ?? 3600,
    attachedPolicyArns: [],
    inlinePolicies: {},
    tags: parameters.tags(),
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

/** By name, as IAM lists them; the marker counts what has been listed. */
export const listRoles: QueryOperation = (scope, parameters) => {
  const prefix = parameters.optional('PathPrefix', /^\/[!-~]{0,511}$/) ?? '/';
  const roles = [...scope.sandbox.iam.roles.values()]
    .filter((role) => role.path.startsWith(prefix))
    .sort((a, b) => (a.roleName < b.roleName ? -1 : 1));
  const from = Number(parameters.optional('Marker', MARKER) ?? 0);
  const to = from + parameters.maxItems();
  return {
    Roles: roles.slice(from, to).map((role) => roleXml(scope, role)),
    IsTruncated: to < roles.length,
    Marker: to < roles.length ? String(to) : undefined,
  };
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
  saveRole(scope, { ...role, assumeRolePolicyDocument: trustPolicy(parameters, 'PolicyDocument') });
  return undefined;
};

/** @throws ApiError MalformedPolicyDocument */
function trustPolicy(parameters: QueryParameters, name: string): string {
  const document = parameters.required(name, DOCUMENT);
  checkIamDocument(document, 'trust');
  return document;
}

export function checkIamDocument(document: string, dialect: 'identity' | 'trust'): void {
  const parsed = parsePolicy(document, dialect);
  if (parsed.ok) return;
  const [fault] = parsed.failure;
  throw new ApiError(
    'MalformedPolicyDocument',
    fault && fault.code !== 'not-json'
      ? `Syntax errors in policy: ${fault.code} at ${fault.path}`
      : 'This policy contains invalid Json',
  );
}

function roleXml(scope: Scope, role: RoleRecord) {
  return {
    Path: role.path,
    RoleName: role.roleName,
    RoleId: role.roleId,
    Arn: `arn:aws:iam::${scope.accountId}:role${role.path}${role.roleName}`,
    CreateDate: new Date(role.createdAt),
    // IAM hands documents out percent-encoded as RFC 3986 has it.
    AssumeRolePolicyDocument: encodeDocument(role.assumeRolePolicyDocument),
    Description: role.description,
    MaxSessionDuration: role.maxSessionDuration,
    Tags: role.tags.length > 0 ? role.tags : undefined,
  };
}

export const encodeDocument = (document: string) =>
  encodeURIComponent(document).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
