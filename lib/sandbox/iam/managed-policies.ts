import { ApiError } from '@/lib/sandbox/api-error';
import type { Scope } from '@/lib/sandbox/scope';
import type { SandboxState } from '@/lib/sandbox/state/sandbox-state';
import { AWS_MANAGED_POLICIES } from './aws-managed-policies';
import type { CustomerPolicyRecord } from './customer-policy-record';
import { encodeDocument } from './iam-document';
import { PATH_PREFIX, POLICY_ARN } from './iam-names';
import type { QueryOperation } from './query-operation';
import { queryPage } from './query-page';
import type { QueryParameters } from './query-parameters';

/** A managed policy, AWS's own or a customer's. */
export type ManagedPolicy = Omit<CustomerPolicyRecord, 'lastVersion' | 'sequence'> & {
  owner: 'AWS' | 'customer';
  arn: string;
};

const CUSTOMER_ARN = /^arn:aws(?:-cn|-us-gov)?:iam::(\d{12}):policy(\/(?:[!-.0-~]+\/)*)([\w+=,.@-]{1,128})$/;

export const policyArnOf = (accountId: string, { path, name }: { path: string; name: string }) =>
  `arn:aws:iam::${accountId}:policy${path}${name}`;

export function findManagedPolicy(sandbox: SandboxState, arn: string): ManagedPolicy | undefined {
  const ofAws = AWS_MANAGED_POLICIES.get(arn);
  if (ofAws) return ofAws;
  const [, accountId, path, name = ''] = CUSTOMER_ARN.exec(arn) ?? [];
  const record = accountId === sandbox.accountId ? sandbox.iam.policies.get(name.toLowerCase()) : undefined;
  return record?.name === name && record.path === path ? { ...record, owner: 'customer', arn } : undefined;
}

/** @throws ApiError NoSuchEntity */
export function requireManagedPolicy(scope: Scope, parameters: QueryParameters): ManagedPolicy {
  const arn = parameters.required('PolicyArn', POLICY_ARN);
  const policy = findManagedPolicy(scope.sandbox, arn);
  if (!policy) throw new ApiError('NoSuchEntity', `Policy ${arn} was not found.`);
  return policy;
}

export const getPolicy: QueryOperation = (scope, parameters) => ({
  Policy: policyXml(scope, requireManagedPolicy(scope, parameters)),
});

/** By name; without description and tags, as IAM lists them. */
export const listPolicies: QueryOperation = (scope, parameters) => {
  const ownerScope = parameters.optional('Scope', /^(?:All|AWS|Local)$/) ?? 'All';
  const prefix = parameters.optional('PathPrefix', PATH_PREFIX) ?? '/';
  parameters.refuse('PolicyUsageFilter');
  const attachedOnly = parameters.boolean('OnlyAttached') ?? false;
  const local = [...scope.sandbox.iam.policies.values()].flatMap(
    (record) => findManagedPolicy(scope.sandbox, policyArnOf(scope.accountId, record)) ?? [],
  );
  const policies = [
    ...(ownerScope === 'Local' ? [] : AWS_MANAGED_POLICIES.values()),
    ...(ownerScope === 'AWS' ? [] : local),
  ]
    .filter(({ path }) => path.startsWith(prefix))
    .filter(({ arn }) => !attachedOnly || rolesWith(scope, arn).length > 0)
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const { from, to, truncation } = queryPage(parameters, policies.length);
  return {
    Policies: policies
      .slice(from, to)
      .map((policy) => ({ ...policyXml(scope, policy), Description: undefined, Tags: undefined })),
    ...truncation,
  };
};

/** Only roles: the sandbox has no users and no groups. */
export const listEntitiesForPolicy: QueryOperation = (scope, parameters) => {
  const { arn } = requireManagedPolicy(scope, parameters);
  parameters.refuse('PathPrefix', 'PolicyUsageFilter', 'EntityFilter');
  const roles = rolesWith(scope, arn);
  const { from, to, truncation } = queryPage(parameters, roles.length);
  return {
    PolicyGroups: [],
    PolicyUsers: [],
    PolicyRoles: roles
      .slice(from, to)
      .map(({ roleName, roleId }) => ({ RoleName: roleName, RoleId: roleId })),
    ...truncation,
  };
};

export const getPolicyVersion: QueryOperation = (scope, parameters) => {
  const policy = requireManagedPolicy(scope, parameters);
  const { versionId, version } = requireVersion(policy, parameters);
  return {
    PolicyVersion: {
      Document: encodeDocument(version.document),
      VersionId: versionId,
      IsDefaultVersion: versionId === policy.defaultVersionId,
      CreateDate: new Date(version.createdAt),
    },
  };
};

/** @throws ApiError NoSuchEntity */
export function requireVersion({ arn, versions }: ManagedPolicy, parameters: QueryParameters) {
  const versionId = parameters.required('VersionId', /^v[1-9][0-9]*(?:\.[A-Za-z0-9-]*)?$/);
  const version = versions[versionId];
  if (version) return { versionId, version };
  throw new ApiError(
    'NoSuchEntity',
    `Policy ${arn} version ${versionId} does not exist or is not attachable.`,
  );
}

/** Newest first. */
export const listPolicyVersions: QueryOperation = (scope, parameters) => {
  const { versions, defaultVersionId } = requireManagedPolicy(scope, parameters);
  const all = Object.entries(versions).sort(([a], [b]) => Number(b.slice(1)) - Number(a.slice(1)));
  const { from, to, truncation } = queryPage(parameters, all.length);
  return {
    Versions: all.slice(from, to).map(([versionId, { createdAt }]) => ({
      VersionId: versionId,
      IsDefaultVersion: versionId === defaultVersionId,
      CreateDate: new Date(createdAt),
    })),
    ...truncation,
  };
};

export const rolesWith = (scope: Scope, policyArn: string) =>
  [...scope.sandbox.iam.roles.values()].filter((role) => role.attachedPolicyArns.includes(policyArn));

export function policyXml(scope: Scope, policy: ManagedPolicy) {
  return {
    PolicyName: policy.name,
    PolicyId: policy.policyId,
    Arn: policy.arn,
    Path: policy.path,
    DefaultVersionId: policy.defaultVersionId,
    AttachmentCount: rolesWith(scope, policy.arn).length,
    PermissionsBoundaryUsageCount: 0,
    IsAttachable: true,
    Description: policy.description,
    CreateDate: new Date(policy.createdAt),
    UpdateDate: new Date(policy.modifiedAt),
    Tags: policy.tags.length > 0 ? policy.tags : undefined,
  };
}
