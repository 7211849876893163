import type { GetEffectivePoliciesRequest, GetEffectivePoliciesResponse } from '@aws-sdk/client-iot';
import { invalidRequest } from '@/lib/sandbox/api-error';
import { requireTarget } from '@/lib/sandbox/operations/policies/policy-targets';
import { ancestorsOf, thingGroupArn } from '@/lib/sandbox/operations/thing-groups/thing-groups-of-thing';
import { requireThing } from '@/lib/sandbox/operations/things/require-thing';
import type { Scope } from '@/lib/sandbox/scope';
import { thingsOfPrincipal } from './connection-thing';
import { defaultDocument, effectivePolicyNames, type PolicyHolders } from './effective-policies';

/**
 * A thing that is named brings the policies of its groups. Without one, all things of the principal do: any of them may
 * become the connection's.
 */
export function getEffectivePolicies(
  scope: Scope,
  { principal, thingName, cognitoIdentityPoolId }: GetEffectivePoliciesRequest,
): GetEffectivePoliciesResponse {
  refuseIdentityPool(cognitoIdentityPoolId);
  if (principal === undefined && thingName === undefined) {
    throw invalidRequest('Give a principal or a thingName: the policies of neither are none');
  }
  const { targets, things } = principal === undefined ? NOBODY : holdersOf(scope, principal);
  const named = thingName === undefined ? things : [requireThing(scope, thingName).thingName];
  return {
    effectivePolicies: effectivePolicyNames(scope.region, { targets, things: named }).map((policyName) => ({
      policyName,
      policyArn: scope.region.policyArn(policyName),
      policyDocument: defaultDocument(scope.region, policyName),
    })),
  };
}

export const NOBODY: PolicyHolders = { targets: [], things: [] };

/** Whose policies a principal has, when nothing is known of its connection. */
export function holdersOf(scope: Scope, principal: string): PolicyHolders {
  const found = requireTarget(scope, principal);
  const above = found.kind === 'thing-group' ? ancestorsOf(scope.region, found.group) : [];
  const groups = above.map(({ thingGroupName }) => thingGroupArn(scope.region, thingGroupName));
  return { targets: [principal, ...groups], things: thingsOfPrincipal(scope.region, principal) };
}

export function refuseIdentityPool(cognitoIdentityPoolId: string | undefined): void {
  if (cognitoIdentityPoolId === undefined) return;
  throw invalidRequest('cognitoIdentityPoolId is not supported by the sandbox, which has no Amazon Cognito');
}
