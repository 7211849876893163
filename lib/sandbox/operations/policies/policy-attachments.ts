import type {
  AttachPolicyRequest,
  AttachPrincipalPolicyRequest,
  DetachPolicyRequest,
  DetachPrincipalPolicyRequest,
  ListAttachedPoliciesRequest,
  ListAttachedPoliciesResponse,
  ListPolicyPrincipalsRequest,
  ListPolicyPrincipalsResponse,
  ListPrincipalPoliciesRequest,
  ListPrincipalPoliciesResponse,
  ListTargetsForPolicyRequest,
  ListTargetsForPolicyResponse,
} from '@aws-sdk/client-iot';
import { ApiError, required } from '@/lib/sandbox/api-error';
import { type Page, pageOf } from '@/lib/sandbox/operations/page';
import { requireCertificateByArn } from '@/lib/sandbox/operations/principal';
import type { Scope } from '@/lib/sandbox/scope';
import { requirePolicy, summaryOf } from './policies';

/** AWS IoT Core quotas: policies per certificate. */
const POLICIES_PER_TARGET_MAX = 10;

/** Attaching what is attached already succeeds. Targets are certificates; thing groups do not exist here. */
export function attachPolicy(scope: Scope, input: AttachPolicyRequest): object {
  attach(scope, {
    policyName: required(input.policyName, 'policyName'),
    target: required(input.target, 'target'),
  });
  return {};
}

/** Deprecated by AWS in favour of AttachPolicy, and still what many scripts call. */
export function attachPrincipalPolicy(scope: Scope, input: AttachPrincipalPolicyRequest): object {
  attach(scope, {
    policyName: required(input.policyName, 'policyName'),
    target: required(input.principal, 'principal'),
  });
  return {};
}

/** The model declares no ResourceNotFoundException here: what is not attached is detached already. */
export function detachPolicy(scope: Scope, input: DetachPolicyRequest): object {
  scope.region.policyAttachments.unlink(
    required(input.policyName, 'policyName'),
    required(input.target, 'target'),
  );
  return {};
}

export function detachPrincipalPolicy(scope: Scope, input: DetachPrincipalPolicyRequest): object {
  const { policyName } = requirePolicy(scope, required(input.policyName, 'policyName'));
  scope.region.policyAttachments.unlink(policyName, required(input.principal, 'principal'));
  return {};
}

export function listTargetsForPolicy(
  scope: Scope,
  input: ListTargetsForPolicyRequest,
): ListTargetsForPolicyResponse {
  const { items, next } = targetsPage(scope, 'ListTargetsForPolicy', input);
  return { targets: items, nextMarker: next };
}

export function listPolicyPrincipals(
  scope: Scope,
  input: ListPolicyPrincipalsRequest,
): ListPolicyPrincipalsResponse {
  const { items, next } = targetsPage(scope, 'ListPolicyPrincipals', input);
  return { principals: items, nextMarker: next };
}

export function listAttachedPolicies(
  scope: Scope,
  input: ListAttachedPoliciesRequest,
): ListAttachedPoliciesResponse {
  const target = required(input.target, 'target');
  const { items, next } = policiesPage(scope, 'ListAttachedPolicies', { ...input, target });
  return { policies: items.map((name) => summaryOf(scope, name)), nextMarker: next };
}

export function listPrincipalPolicies(
  scope: Scope,
  input: ListPrincipalPoliciesRequest,
): ListPrincipalPoliciesResponse {
  const target = required(input.principal, 'principal');
  const { items, next } = policiesPage(scope, 'ListPrincipalPolicies', { ...input, target });
  return { policies: items.map((name) => summaryOf(scope, name)), nextMarker: next };
}

function attach(scope: Scope, { policyName, target }: { policyName: string; target: string }): void {
  requirePolicy(scope, policyName);
  requireCertificateByArn(scope, target);
  const { policyAttachments } = scope.region;
  if (policyAttachments.has(policyName, target)) return;
  if (policyAttachments.leftsOf(target).size >= POLICIES_PER_TARGET_MAX) {
    throw new ApiError(
      'LimitExceededException',
      `The maximum number of policies (${POLICIES_PER_TARGET_MAX}) is attached to ${target} already`,
    );
  }
  policyAttachments.link(policyName, target, { attachedAt: scope.now().getTime() });
}

type ListRequest = {
  marker?: string | undefined;
  pageSize?: number | undefined;
  ascendingOrder?: boolean | undefined;
};

function targetsPage(
  scope: Scope,
  operation: string,
  input: ListRequest & { policyName: string | undefined },
): Page<string> {
  const { policyName } = requirePolicy(scope, required(input.policyName, 'policyName'));
  return namesPage(scope, [operation, policyName], {
    ...input,
    names: scope.region.policyAttachments.rightsOf(policyName).keys(),
  });
}

function policiesPage(
  scope: Scope,
  operation: string,
  input: ListRequest & { target: string },
): Page<string> {
  requireCertificateByArn(scope, input.target);
  return namesPage(scope, [operation, input.target], {
    ...input,
    names: scope.region.policyAttachments.leftsOf(input.target).keys(),
  });
}

/** By name, so that a page token can say where to go on. */
function namesPage(
  scope: Scope,
  of: readonly string[],
  { names, marker, pageSize, ascendingOrder = true }: ListRequest & { names: Iterable<string> },
): Page<string> {
  return pageOf(
    scope,
    { of, token: marker, size: pageSize, descending: !ascendingOrder },
    { items: [...names].sort((a, b) => (a < b ? -1 : 1)), keyOf: (name) => name },
  );
}
