import { ApiError } from '@/lib/sandbox/api-error';
import type { Scope } from '@/lib/sandbox/scope';
import type { CustomerPolicyRecord } from './customer-policy-record';
import { checkSize, documentIn } from './iam-document';
import { DESCRIPTION, PATH, POLICY_NAME, uniqueId } from './iam-names';
import {
  findManagedPolicy,
  policyArnOf,
  policyXml,
  requireManagedPolicy,
  requireVersion,
  rolesWith,
} from './managed-policies';
import type { QueryOperation } from './query-operation';
import { queryPage } from './query-page';
import type { QueryParameters } from './query-parameters';
import { tagsIn, withoutTags, withTags } from './query-tags';

/** IAM and AWS STS quotas. */
const POLICIES_MAX = 1500;
const VERSIONS_MAX = 5;

export const createPolicy: QueryOperation = (scope, parameters) => {
  const { policies } = scope.sandbox.iam;
  const name = parameters.required('PolicyName', POLICY_NAME);
  const document = identityDocumentIn(parameters);
  const path = parameters.optional('Path', PATH) ?? '/';
  if (policies.has(name.toLowerCase())) {
    throw new ApiError(
      'EntityAlreadyExists',
      `A policy called ${name} already exists. Duplicate names are not allowed.`,
    );
  }
  if (policies.size >= POLICIES_MAX) {
    throw new ApiError('LimitExceeded', `Cannot exceed quota for PoliciesPerAccount: ${POLICIES_MAX}`);
  }
  const now = scope.now().getTime();
  policies.set(name.toLowerCase(), {
    name,
    path,
    policyId: uniqueId('ANPA'),
    description: parameters.optional('Description', DESCRIPTION),
    defaultVersionId: 'v1',
    lastVersion: 1,
    versions: { v1: { document, createdAt: now } },
    tags: tagsIn(parameters),
    createdAt: now,
    modifiedAt: now,
    sequence: scope.region.nextSequence(),
  });
  const created = findManagedPolicy(scope.sandbox, policyArnOf(scope.accountId, { path, name }));
  return { Policy: created && { ...policyXml(scope, created), Description: undefined } };
};

/** The default version goes with the policy; other versions and attachments must have gone before. */
export const deletePolicy: QueryOperation = (scope, parameters) => {
  const { arn, record } = requireCustomerPolicy(scope, parameters);
  if (rolesWith(scope, arn).length > 0) {
    throw new ApiError('DeleteConflict', 'Cannot delete a policy attached to entities.');
  }
  if (Object.keys(record.versions).length > 1) {
    throw new ApiError(
      'DeleteConflict',
      "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy.",
    );
  }
  scope.sandbox.iam.policies.delete(record.name.toLowerCase());
  return undefined;
};

export const createPolicyVersion: QueryOperation = (scope, parameters) => {
  const { record } = requireCustomerPolicy(scope, parameters);
  const document = identityDocumentIn(parameters);
  if (Object.keys(record.versions).length >= VERSIONS_MAX) {
    throw new ApiError(
      'LimitExceeded',
      `A managed policy can have up to ${VERSIONS_MAX} versions. Before you create a new version, you must delete an existing version.`,
    );
  }
  const createdAt = scope.now().getTime();
  const lastVersion = record.lastVersion + 1;
  const versionId = `v${lastVersion}`;
  const isDefault = parameters.boolean('SetAsDefault') ?? false;
  save(scope, {
    ...record,
    lastVersion,
    versions: { ...record.versions, [versionId]: { document, createdAt } },
    ...(isDefault && { defaultVersionId: versionId }),
  });
  return {
    PolicyVersion: { VersionId: versionId, IsDefaultVersion: isDefault, CreateDate: new Date(createdAt) },
  };
};

export const deletePolicyVersion: QueryOperation = (scope, parameters) => {
  const { record, versionId } = requireCustomerVersion(scope, parameters);
  if (versionId === record.defaultVersionId) {
    throw new ApiError('DeleteConflict', 'Cannot delete the default version of a policy.');
  }
  const versions = Object.fromEntries(Object.entries(record.versions).filter(([id]) => id !== versionId));
  save(scope, { ...record, versions });
  return undefined;
};

export const setDefaultPolicyVersion: QueryOperation = (scope, parameters) => {
  const { record, versionId } = requireCustomerVersion(scope, parameters);
  save(scope, { ...record, defaultVersionId: versionId });
  return undefined;
};

export const tagPolicy: QueryOperation = (scope, parameters) => {
  const { record } = requireCustomerPolicy(scope, parameters);
  save(scope, { ...record, tags: withTags(record.tags, parameters) });
  return undefined;
};

export const untagPolicy: QueryOperation = (scope, parameters) => {
  const { record } = requireCustomerPolicy(scope, parameters);
  save(scope, { ...record, tags: withoutTags(record.tags, parameters) });
  return undefined;
};

export const listPolicyTags: QueryOperation = (scope, parameters) => {
  const { tags } = requireManagedPolicy(scope, parameters);
  const { from, to, truncation } = queryPage(parameters, tags.length);
  return { Tags: tags.slice(from, to), ...truncation };
};

/** @throws ApiError AccessDenied when the policy is AWS's own */
function requireCustomerPolicy(scope: Scope, parameters: QueryParameters) {
  const policy = requireManagedPolicy(scope, parameters);
  const record =
    policy.owner === 'customer' ? scope.sandbox.iam.policies.get(policy.name.toLowerCase()) : undefined;
  if (record) return { arn: policy.arn, policy, record };
  throw new ApiError('AccessDenied', `${policy.arn} is an AWS managed policy, which only AWS can change.`);
}

function requireCustomerVersion(scope: Scope, parameters: QueryParameters) {
  const { policy, record } = requireCustomerPolicy(scope, parameters);
  return { record, versionId: requireVersion(policy, parameters).versionId };
}

function save(scope: Scope, record: CustomerPolicyRecord): void {
  scope.sandbox.iam.policies.set(record.name.toLowerCase(), {
    ...record,
    modifiedAt: scope.now().getTime(),
  });
}

const identityDocumentIn = (parameters: QueryParameters) =>
  checkSize(documentIn(parameters, { name: 'PolicyDocument', dialect: 'identity' }), 'identity');
