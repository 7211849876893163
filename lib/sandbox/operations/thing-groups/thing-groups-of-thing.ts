import { notFound } from '@/lib/sandbox/api-error';
import type { Scope } from '@/lib/sandbox/scope';
import type { RegionState } from '@/lib/sandbox/state/region-state';
import { type ThingGroupRecord, ThingGroupTables } from './thing-group-tables';

export const thingGroupArn = (region: RegionState, thingGroupName: string) =>
  region.arn(`thinggroup/${thingGroupName}`);

/** @throws ApiError ResourceNotFoundException */
export function requireThingGroup(scope: Scope, thingGroupName: string): ThingGroupRecord {
  const group = scope.region.family(ThingGroupTables).groups.get(thingGroupName);
  if (!group) throw notFound(`Thing group ${thingGroupName} does not exist in your account`);
  return group;
}

/** The groups above one, its parent first and the root last; none above a root. */
export function ancestorsOf(region: RegionState, group: ThingGroupRecord): ThingGroupRecord[] {
  const { groups } = region.family(ThingGroupTables);
  const ancestors: ThingGroupRecord[] = [];
  for (let name = group.parentGroupName; name !== undefined; name = ancestors.at(-1)?.parentGroupName) {
    const parent = groups.get(name);
    if (!parent) break;
    ancestors.push(parent);
  }
  return ancestors;
}

/** The groups below one, each parent before its children. */
export function descendantsOf(region: RegionState, thingGroupName: string): ThingGroupRecord[] {
  const tables = region.family(ThingGroupTables);
  return tables
    .childrenOf(thingGroupName)
    .flatMap((child) => [child, ...descendantsOf(region, child.thingGroupName)]);
}

/** The groups that a thing is directly in, longest membership first. */
export function directGroupsOfThing(region: RegionState, thingName: string): ThingGroupRecord[] {
  const { groups, memberships } = region.family(ThingGroupTables);
  return [...memberships.rightsOf(thingName).keys()].flatMap((name) => groups.get(name) ?? []);
}

/**
 * Every group whose policies a thing inherits and whose name the fleet index knows it by: those it is directly in, each
 * followed by its ancestors. No group comes twice, because a thing is never in two groups of one hierarchy.
 */
export function groupsOfThing(region: RegionState, thingName: string): ThingGroupRecord[] {
  return directGroupsOfThing(region, thingName).flatMap((group) => [group, ...ancestorsOf(region, group)]);
}
