import { randomUUID } from 'node:crypto';
import { invalidRequest } from '@/lib/sandbox/api-error';
import { membershipEvent } from '@/lib/sandbox/registry-events/thing-group-events';
import type { Scope } from '@/lib/sandbox/scope';
import type { ThingRecord } from '@/lib/sandbox/state/records';
import { type ThingGroupRecord, ThingGroupTables } from './thing-group-tables';
import { ancestorsOf } from './thing-groups-of-thing';

/** AWS IoT Core quotas: groups that a thing is directly in. */
const GROUPS_PER_THING_MAX = 10;

export type Membership = { thing: ThingRecord; group: ThingGroupRecord };

/**
 * That a thing which is in `others` may come into `group` as well. Two groups are of one hierarchy when they have the same root.
 *
 * @throws ApiError InvalidRequestException
 */
export function checkJoin(
  { region }: Scope,
  { thing, group }: Membership,
  others: readonly ThingGroupRecord[],
): void {
  const root = (of: ThingGroupRecord) => (ancestorsOf(region, of).at(-1) ?? of).thingGroupName;
  const related = others.find((other) => root(other) === root(group));
  if (related) {
    throw invalidRequest(
      `Thing ${thing.thingName} cannot be added to thing group ${group.thingGroupName}: it is in thing group ${related.thingGroupName} of the same hierarchy`,
    );
  }
  if (others.length >= GROUPS_PER_THING_MAX) {
    throw invalidRequest(
      `Thing ${thing.thingName} cannot be added to thing group ${group.thingGroupName}: it is in ${GROUPS_PER_THING_MAX} thing groups, the maximum`,
    );
  }
}

/** Writes a membership that {@link checkJoin} has let pass, or that there is. */
export function joinGroup(scope: Scope, { thing, group }: Membership): void {
  const { memberships } = scope.region.family(ThingGroupTables);
  if (memberships.has(thing.thingName, group.thingGroupName)) return;
  const membershipId = randomUUID();
  memberships.link(thing.thingName, group.thingGroupName, { membershipId });
  membershipEvent(scope, 'ADDED', { thing, group, membershipId });
}

/** Nothing, when the thing is not in the group. */
export function leaveGroup(scope: Scope, { thing, group }: Membership): void {
  const { memberships } = scope.region.family(ThingGroupTables);
  const membership = memberships.get(thing.thingName, group.thingGroupName);
  if (!membership) return;
  memberships.unlink(thing.thingName, group.thingGroupName);
  membershipEvent(scope, 'REMOVED', { thing, group, ...membership });
}
