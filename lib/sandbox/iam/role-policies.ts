import { ApiError } from '@/lib/sandbox/api-error';
import { documentIn, encodeDocument } from './iam-document';
import { PATH_PREFIX, POLICY_ARN, POLICY_NAME } from './iam-names';
import { findManagedPolicy } from './managed-policies';
import type { QueryOperation } from './query-operation';
import { queryPage } from './query-page';
import { requireRole, saveRole } from './role-record';

/** IAM and AWS STS quotas: managed policies per role, and the size of all inline policies of a role. */
const ATTACHED_MAX = 10;
const INLINE_CHARACTERS_MAX = 10_240;

/** Attaching what is attached already succeeds. */
export const attachRolePolicy: QueryOperation = (scope, parameters) => {
  const role = requireRole(scope, parameters);
  const arn = parameters.required('PolicyArn', POLICY_ARN);
  if (!findManagedPolicy(scope.sandbox, arn)) {
    throw new ApiError('NoSuchEntity', `Policy ${arn} does not exist or is not attachable.`);
  }
  if (role.attachedPolicyArns.includes(arn)) return undefined;
  if (role.attachedPolicyArns.length >= ATTACHED_MAX) {
    throw new ApiError('LimitExceeded', `Cannot exceed quota for PoliciesPerRole: ${ATTACHED_MAX}`);
  }
  saveRole(scope, { ...role, attachedPolicyArns: [...role.attachedPolicyArns, arn] });
  return undefined;
};

export const detachRolePolicy: QueryOperation = (scope, parameters) => {
  const role = requireRole(scope, parameters);
  const arn = parameters.required('PolicyArn', POLICY_ARN);
  if (!role.attachedPolicyArns.includes(arn)) {
    throw new ApiError('NoSuchEntity', `Policy ${arn} was not found.`);
  }
  saveRole(scope, { ...role, attachedPolicyArns: role.attachedPolicyArns.filter((other) => other !== arn) });
  return undefined;
};

export const listAttachedRolePolicies: QueryOperation = (scope, parameters) => {
  const role = requireRole(scope, parameters);
  const prefix = parameters.optional('PathPrefix', PATH_PREFIX) ?? '/';
  const attached = role.attachedPolicyArns.flatMap((arn) => findManagedPolicy(scope.sandbox, arn) ?? []);
  const policies = attached.filter(({ path }) => path.startsWith(prefix));
  const { from, to, truncation } = queryPage(parameters, policies.length);
  return {
    AttachedPolicies: policies.slice(from, to).map(({ name, arn }) => ({ PolicyName: name, PolicyArn: arn })),
    ...truncation,
  };
};

/** A policy of that name is replaced. */
export const putRolePolicy: QueryOperation = (scope, parameters) => {
  const role = requireRole(scope, parameters);
  const policyName = parameters.required('PolicyName', POLICY_NAME);
  const document = documentIn(parameters, { name: 'PolicyDocument', dialect: 'identity' });
  const inlinePolicies = Object.fromEntries([...Object.entries(role.inlinePolicies), [policyName, document]]);
  const characters = Object.values(inlinePolicies).join('').replace(/\s/g, '').length;
  if (characters > INLINE_CHARACTERS_MAX) {
    throw new ApiError(
      'LimitExceeded',
      `Maximum policy size of ${INLINE_CHARACTERS_MAX} bytes exceeded for role ${role.roleName}`,
    );
  }
  saveRole(scope, { ...role, inlinePolicies });
  return undefined;
};

export const getRolePolicy: QueryOperation = (scope, parameters) => {
  const role = requireRole(scope, parameters);
  const policyName = parameters.required('PolicyName', POLICY_NAME);
  const document = inlinePolicy(role.inlinePolicies, policyName);
  return { RoleName: role.roleName, PolicyName: policyName, PolicyDocument: encodeDocument(document) };
};

export const listRolePolicies: QueryOperation = (scope, parameters) => {
  const names = Object.keys(requireRole(scope, parameters).inlinePolicies);
  const { from, to, truncation } = queryPage(parameters, names.length);
  return { PolicyNames: names.slice(from, to), ...truncation };
};

export const deleteRolePolicy: QueryOperation = (scope, parameters) => {
  const role = requireRole(scope, parameters);
  const policyName = parameters.required('PolicyName', POLICY_NAME);
  inlinePolicy(role.inlinePolicies, policyName);
  const rest = Object.entries(role.inlinePolicies).filter(([name]) => name !== policyName);
  saveRole(scope, { ...role, inlinePolicies: Object.fromEntries(rest) });
  return undefined;
};

function inlinePolicy(policies: Readonly<Record<string, string>>, policyName: string): string {
  const document = Object.hasOwn(policies, policyName) ? policies[policyName] : undefined;
  if (document !== undefined) return document;
  throw new ApiError('NoSuchEntity', `The role policy with name ${policyName} cannot be found.`);
}
