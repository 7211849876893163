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
import { ancestorsOf, thingGroupArn } from '@/lib/sandbox/operations/thing-groups/thing-groups-of-thing';
import type { Scope } from '@/lib/sandbox/scope';
import { requirePolicy, summaryOf } from './policies';
import { isThingGroup, type PolicyTarget, requirePrincipal, requireTarget } from './policy-targets';

/** AWS IoT Core endpoints and quotas: policies that can be attached to one target, by its kind. */
const POLICIES_MAX: Readonly<Record<PolicyTarget['kind'], number>> = {
  certificate: 10,
  'cognito-identity': 10,
  'thing-group': 2,
};

/** Attaching what is attached already succeeds. */
export function attachPolicy(scope: Scope, input: AttachPolicyRequest): object {
  const { policyName } = requirePolicy(scope, required(input.policyName, 'policyName'));
  const target = required(input.target, 'target');
  attach(scope, { policyName, target, kind: requireTarget(scope, target).kind });
  return {};
}

/** Deprecated by AWS in favour of AttachPolicy, and still what many scripts call. */
export function attachPrincipalPolicy(scope: Scope, input: AttachPrincipalPolicyRequest): object {
  const { policyName } = requirePolicy(scope, required(input.policyName, 'policyName'));
  const target = required(input.principal, 'principal');
  attach(scope, { policyName, target, kind: requirePrincipal(scope, target).kind });
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
  const names = targetsOf(scope, input.policyName);
  const { items, next } = namesPage(scope, ['ListTargetsForPolicy', input.policyName], { ...input, names });
  return { targets: items, nextMarker: next };
}

/** The deprecated form knows principals only; a thing group is none. */
export function listPolicyPrincipals(
  scope: Scope,
  input: ListPolicyPrincipalsRequest,
): ListPolicyPrincipalsResponse {
  const names = targetsOf(scope, input.policyName).filter((target) => !isThingGroup(target));
  const { items, next } = namesPage(scope, ['ListPolicyPrincipals', input.policyName], { ...input, names });
  return { principals: items, nextMarker: next };
}

/** `recursive` adds what a thing group has from the groups above it; certificates have nothing above them. */
export function listAttachedPolicies(
  scope: Scope,
  input: ListAttachedPoliciesRequest,
): ListAttachedPoliciesResponse {
  const target = required(input.target, 'target');
  const found = requireTarget(scope, target);
  const targets = [target];
  if (input.recursive === true && found.kind === 'thing-group') {
    const above = ancestorsOf(scope.region, found.group);
    targets.push(...above.map(({ thingGroupName }) => thingGroupArn(scope.region, thingGroupName)));
  }
  const names = targets.flatMap((arn) => policiesOf(scope, arn));
  const of = ['ListAttachedPolicies', target, input.recursive === true];
  const { items, next } = namesPage(scope, of, { ...input, names });
  return { policies: items.map((name) => summaryOf(scope, name)), nextMarker: next };
}

export function listPrincipalPolicies(
  scope: Scope,
  input: ListPrincipalPoliciesRequest,
): ListPrincipalPoliciesResponse {
  const principal = required(input.principal, 'principal');
  requirePrincipal(scope, principal);
  const names = policiesOf(scope, principal);
  const { items, next } = namesPage(scope, ['ListPrincipalPolicies', principal], { ...input, names });
  return { policies: items.map((name) => summaryOf(scope, name)), nextMarker: next };
}

type Attachment = { policyName: string; target: string; kind: PolicyTarget['kind'] };

function attach(scope: Scope, { policyName, target, kind }: Attachment): void {
  const { policyAttachments } = scope.region;
  if (policyAttachments.has(policyName, target)) return;
  const max = POLICIES_MAX[kind];
  if (policyAttachments.leftsOf(target).size >= max) {
    throw new ApiError(
      'LimitExceededException',
      `The maximum number of policies (${max}) is attached to ${target} already`,
    );
  }
  policyAttachments.link(policyName, target, { attachedAt: scope.now().getTime() });
}

const policiesOf = ({ region }: Scope, target: string) => [
  ...region.policyAttachments.leftsOf(target).keys(),
];

function targetsOf(scope: Scope, name: string | undefined): string[] {
  const { policyName } = requirePolicy(scope, required(name, 'policyName'));
  return [...scope.region.policyAttachments.rightsOf(policyName).keys()];
}

type ListRequest = {
  marker?: string | undefined;
  pageSize?: number | undefined;
  ascendingOrder?: boolean | undefined;
};

/** Each once and by name, so that a page token can say where to go on. */
function namesPage(
  scope: Scope,
  of: readonly (string | boolean | undefined)[],
  { names, marker, pageSize, ascendingOrder = true }: ListRequest & { names: readonly string[] },
): Page<string> {
  return pageOf(
    scope,
    { of, token: marker, size: pageSize, descending: !ascendingOrder },
    { items: [...new Set(names)].sort((a, b) => (a < b ? -1 : 1)), keyOf: (name) => name },
  );
}
