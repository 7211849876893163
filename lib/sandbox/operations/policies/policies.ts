import { randomUUID } from 'node:crypto';
import type {
  CreatePolicyRequest,
  CreatePolicyResponse,
  DeletePolicyRequest,
  GetPolicyRequest,
  GetPolicyResponse,
  ListPoliciesRequest,
  ListPoliciesResponse,
} from '@aws-sdk/client-iot';
import { ApiError, notFound, required } from '@/lib/sandbox/api-error';
import { pageOf } from '@/lib/sandbox/operations/page';
import { forgetTags, saveTags } from '@/lib/sandbox/operations/tags/saved-tags';
import type { Scope } from '@/lib/sandbox/scope';
import type { PolicyRecord } from '@/lib/sandbox/state/records';
import { checkPolicyDocument } from './policy-document';

/** @throws ApiError ResourceNotFoundException */
export function requirePolicy(scope: Scope, policyName: string): PolicyRecord {
  const policy = scope.region.policies.get(policyName);
  if (!policy) throw notFound('Policy not found');
  return policy;
}

/** Version "1" becomes the default one. */
export function createPolicy(scope: Scope, input: CreatePolicyRequest): CreatePolicyResponse {
  const policyName = required(input.policyName, 'policyName');
  const document = checkPolicyDocument(required(input.policyDocument, 'policyDocument'));
  const { region } = scope;
  if (region.policies.has(policyName)) {
    throw new ApiError(
      'ResourceAlreadyExistsException',
      `Policy cannot be created - name already exists (name=${policyName})`,
      { resourceId: policyName, resourceArn: region.policyArn(policyName) },
    );
  }
  saveTags(scope, region.policyArn(policyName), input.tags);
  const now = scope.now().getTime();
  region.policies.set(policyName, {
    policyName,
    defaultVersionId: '1',
    lastVersion: 1,
    versions: { '1': { document, createdAt: now } },
    createdAt: now,
    modifiedAt: now,
    generationId: randomUUID(),
    sequence: region.nextSequence(),
  });
  return {
    policyName,
    policyArn: region.policyArn(policyName),
    policyDocument: document,
    policyVersionId: '1',
  };
}

export function getPolicy(scope: Scope, input: GetPolicyRequest): GetPolicyResponse {
  const policy = requirePolicy(scope, required(input.policyName, 'policyName'));
  return {
    policyName: policy.policyName,
    policyArn: scope.region.policyArn(policy.policyName),
    policyDocument: policy.versions[policy.defaultVersionId]?.document,
    defaultVersionId: policy.defaultVersionId,
    creationDate: new Date(policy.createdAt),
    lastModifiedDate: new Date(policy.modifiedAt),
    generationId: policy.generationId,
  };
}

export function listPolicies(scope: Scope, input: ListPoliciesRequest): ListPoliciesResponse {
  const { items, next } = pageOf(
    scope,
    {
      of: ['ListPolicies'],
      token: input.marker,
      size: input.pageSize,
      descending: input.ascendingOrder !== true,
    },
    { items: scope.region.policies.values(), keyOf: (policy) => policy.sequence },
  );
  return { policies: items.map((policy) => summaryOf(scope, policy.policyName)), nextMarker: next };
}

export const summaryOf = (scope: Scope, policyName: string) => ({
  policyName,
  policyArn: scope.region.policyArn(policyName),
});

/** Versions are looked at before attachments: AWS names either, and the order is not documented. */
export function deletePolicy(scope: Scope, input: DeletePolicyRequest): object {
  const { policyName, versions } = requirePolicy(scope, required(input.policyName, 'policyName'));
  if (Object.keys(versions).length > 1) {
    throw new ApiError(
      'DeleteConflictException',
      'Cannot delete the policy because it has one or more policy versions attached to it',
    );
  }
  if (scope.region.policyAttachments.rightsOf(policyName).size > 0) {
    throw new ApiError(
      'DeleteConflictException',
      `The policy cannot be deleted as the policy is attached to one or more principals (name=${policyName})`,
    );
  }
  scope.region.policies.delete(policyName);
  forgetTags(scope, scope.region.policyArn(policyName));
  return {};
}
