/**
 * Which policies apply to a principal, asked by the broker, by TestAuthorization and by GetEffectivePolicies.
 * AWS IoT Core Developer Guide, "AWS IoT Core policies" and "Static thing groups".
 * @module
 */
import type { NamedPolicy } from '@/lib/policy/decide';
import { parsePolicy } from '@/lib/policy/policy-document';
import { BoundedCache } from '@/lib/sandbox/mqtt/bounded-cache';
import { ThingGroupTables } from '@/lib/sandbox/operations/thing-groups/thing-group-tables';
import { groupsOfThing, thingGroupArn } from '@/lib/sandbox/operations/thing-groups/thing-groups-of-thing';
import type { RegionState } from '@/lib/sandbox/state/region-state';

/** A policy document is at most a few kilobytes; a fleet shares a handful. */
const POLICIES_PARSED_MAX = 500;
const parsedPolicies = new BoundedCache<ReturnType<typeof parsePolicy>>(POLICIES_PARSED_MAX);

/** `targets`: ARNs and Cognito identities, as policies are attached to; `things`: names, whose groups count. */
export type PolicyHolders = { targets: readonly string[]; things: readonly string[] };

/**
 * The names of the policies that are attached to `targets`, or to a group of `things` or one above it. Each once: those of
 * the targets first, then from the nearest group to its root.
 */
export function effectivePolicyNames(region: RegionState, { targets, things }: PolicyHolders): string[] {
  const groups = things.flatMap((thingName) => groupsOfThing(region, thingName));
  const all = [...targets, ...groups.map(({ thingGroupName }) => thingGroupArn(region, thingGroupName))];
  return [...new Set(all.flatMap((target) => [...region.policyAttachments.leftsOf(target).keys()]))];
}

/** The default versions of policies, in their order; one that cannot be read grants nothing. */
export function policiesInForce(region: RegionState, names: readonly string[]): NamedPolicy[] {
  return names.flatMap((name) => {
    const document = defaultDocument(region, name);
    if (document === undefined) return [];
    const parsed = parsedPolicies.get(document, () => parsePolicy(document));
    return parsed.ok ? [{ name, policy: parsed.value }] : [];
  });
}

export function defaultDocument(region: RegionState, policyName: string): string | undefined {
  const policy = region.policies.get(policyName);
  return policy?.versions[policy.defaultVersionId]?.document;
}

/** Grows with every change that can change who may do what, so that an answer can be kept until then. */
export function authorizationVersion(region: RegionState): number {
  const { groups, memberships } = region.family(ThingGroupTables);
  return (
    region.policies.version +
    region.policyAttachments.version +
    region.things.version +
    region.thingPrincipals.version +
    groups.version +
    memberships.version
  );
}
