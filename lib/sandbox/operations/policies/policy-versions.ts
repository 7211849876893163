import type {
  CreatePolicyVersionRequest,
  CreatePolicyVersionResponse,
  DeletePolicyVersionRequest,
  GetPolicyVersionRequest,
  GetPolicyVersionResponse,
  ListPolicyVersionsRequest,
  ListPolicyVersionsResponse,
  SetDefaultPolicyVersionRequest,
} from '@aws-sdk/client-iot';
import { ApiError, notFound, required } from '@/lib/sandbox/api-error';
import type { Scope } from '@/lib/sandbox/scope';
import type { PolicyRecord, PolicyVersionRecord } from '@/lib/sandbox/state/records';
import { requirePolicy } from './policies';
import { checkPolicyDocument } from './policy-document';

/** AWS IoT Core quotas. */
const VERSIONS_MAX = 5;

export function createPolicyVersion(
  scope: Scope,
  input: CreatePolicyVersionRequest,
): CreatePolicyVersionResponse {
  const policy = requirePolicy(scope, required(input.policyName, 'policyName'));
  const document = checkPolicyDocument(required(input.policyDocument, 'policyDocument'));
  if (Object.keys(policy.versions).length >= VERSIONS_MAX) {
    throw new ApiError(
      'VersionsLimitExceededException',
      `The policy ${policy.policyName} already has the maximum number of versions (${VERSIONS_MAX})`,
    );
  }
  const now = scope.now().getTime();
  const versionId = String(policy.lastVersion + 1);
  save(scope, {
    ...policy,
    lastVersion: policy.lastVersion + 1,
    versions: { ...policy.versions, [versionId]: { document, createdAt: now } },
    ...(input.setAsDefault === true && { defaultVersionId: versionId }),
  });
  return {
    policyArn: scope.region.policyArn(policy.policyName),
    policyDocument: document,
    policyVersionId: versionId,
    isDefaultVersion: input.setAsDefault === true,
  };
}

export function getPolicyVersion(scope: Scope, input: GetPolicyVersionRequest): GetPolicyVersionResponse {
  const { policy, version, versionId } = requireVersion(scope, input);
  return {
    policyArn: scope.region.policyArn(policy.policyName),
    policyName: policy.policyName,
    policyDocument: version.document,
    policyVersionId: versionId,
    isDefaultVersion: versionId === policy.defaultVersionId,
    creationDate: new Date(version.createdAt),
    lastModifiedDate: new Date(version.createdAt),
    generationId: policy.generationId,
  };
}

/** Newest first. */
export function listPolicyVersions(
  scope: Scope,
  input: ListPolicyVersionsRequest,
): ListPolicyVersionsResponse {
  const policy = requirePolicy(scope, required(input.policyName, 'policyName'));
  const versions = Object.entries(policy.versions).sort(([a], [b]) => Number(b) - Number(a));
  return {
    policyVersions: versions.map(([versionId, version]) => ({
      versionId,
      isDefaultVersion: versionId === policy.defaultVersionId,
      createDate: new Date(version.createdAt),
    })),
  };
}

export function deletePolicyVersion(scope: Scope, input: DeletePolicyVersionRequest): object {
  const { policy, versionId } = requireVersion(scope, input);
  if (versionId === policy.defaultVersionId) {
    throw new ApiError('DeleteConflictException', 'Cannot delete the default version of a policy');
  }
  const versions = Object.fromEntries(Object.entries(policy.versions).filter(([id]) => id !== versionId));
  save(scope, { ...policy, versions });
  return {};
}

export function setDefaultPolicyVersion(scope: Scope, input: SetDefaultPolicyVersionRequest): object {
  const { policy, versionId } = requireVersion(scope, input);
  save(scope, { ...policy, defaultVersionId: versionId });
  return {};
}

function save(scope: Scope, policy: PolicyRecord): void {
  scope.region.policies.set(policy.policyName, { ...policy, modifiedAt: scope.now().getTime() });
}

function requireVersion(
  scope: Scope,
  input: { policyName: string | undefined; policyVersionId: string | undefined },
): { policy: PolicyRecord; version: PolicyVersionRecord; versionId: string } {
  const policy = requirePolicy(scope, required(input.policyName, 'policyName'));
  const versionId = required(input.policyVersionId, 'policyVersionId');
  const version = policy.versions[versionId];
  if (!version) throw notFound(`Policy version not found (name=${policy.policyName}, version=${versionId})`);
  return { policy, version, versionId };
}
