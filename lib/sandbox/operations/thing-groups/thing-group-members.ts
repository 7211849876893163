import type {
  AddThingToThingGroupRequest,
  ListThingsInThingGroupRequest,
  ListThingsInThingGroupResponse,
  RemoveThingFromThingGroupRequest,
  UpdateThingGroupsForThingRequest,
} from '@aws-sdk/client-iot';
import { required } from '@/lib/sandbox/api-error';
import { pageOf } from '@/lib/sandbox/operations/page';
import { nameOf } from '@/lib/sandbox/operations/things/name-or-arn';
import { requireThing } from '@/lib/sandbox/operations/things/require-thing';
import type { Scope } from '@/lib/sandbox/scope';
import { checkJoin, joinGroup, leaveGroup, type Membership } from './membership';
import { ThingGroupTables } from './thing-group-tables';
import { descendantsOf, directGroupsOfThing, requireThingGroup } from './thing-groups-of-thing';

/** A thing that is in the group already stays in it. There are no dynamic groups that could be overridden. */
export function addThingToThingGroup(scope: Scope, input: AddThingToThingGroupRequest): object {
  const membership = membershipAsked(scope, input);
  const groups = directGroupsOfThing(scope.region, membership.thing.thingName);
  if (groups.includes(membership.group)) return {};
  checkJoin(scope, membership, groups);
  joinGroup(scope, membership);
  return {};
}

/** A thing that is not in the group is removed already. */
export function removeThingFromThingGroup(scope: Scope, input: RemoveThingFromThingGroupRequest): object {
  leaveGroup(scope, membershipAsked(scope, input));
  return {};
}

/** All or nothing. Removals come first, so that a thing can go from one group of a hierarchy to another. */
export function updateThingGroupsForThing(scope: Scope, input: UpdateThingGroupsForThingRequest): object {
  const thing = requireThing(scope, required(input.thingName, 'thingName'));
  const named = (names: readonly string[] = []) => names.map((name) => requireThingGroup(scope, name));
  const removed = named(input.thingGroupsToRemove);
  const groups = directGroupsOfThing(scope.region, thing.thingName).filter(
    (group) => !removed.includes(group),
  );
  for (const group of named(input.thingGroupsToAdd)) {
    if (groups.includes(group)) continue;
    checkJoin(scope, { thing, group }, groups);
    groups.push(group);
  }
  for (const group of removed.filter((group) => !groups.includes(group))) leaveGroup(scope, { thing, group });
  for (const group of groups) joinGroup(scope, { thing, group });
  return {};
}

/** In the order in which the things were created; AWS documents no order. */
export function listThingsInThingGroup(
  scope: Scope,
  input: ListThingsInThingGroupRequest,
): ListThingsInThingGroupResponse {
  const { region } = scope;
  const { thingGroupName } = requireThingGroup(scope, required(input.thingGroupName, 'thingGroupName'));
  const below = input.recursive === true ? descendantsOf(region, thingGroupName) : [];
  const { memberships } = region.family(ThingGroupTables);
  const things = [thingGroupName, ...below.map((group) => group.thingGroupName)]
    .flatMap((name) => [...memberships.leftsOf(name).keys()])
    .map((thingName) => requireThing(scope, thingName))
    .sort((a, b) => a.sequence - b.sequence);
  const { items, next } = pageOf(
    scope,
    {
      of: ['ListThingsInThingGroup', thingGroupName, input.recursive],
      token: input.nextToken,
      size: input.maxResults,
    },
    { items: things, keyOf: (thing) => thing.sequence },
  );
  return { things: items.map((thing) => thing.thingName), nextToken: next };
}

function membershipAsked(
  scope: Scope,
  input: AddThingToThingGroupRequest | RemoveThingFromThingGroupRequest,
): Membership {
  const groupName = nameOf(scope, {
    name: input.thingGroupName,
    arn: input.thingGroupArn,
    member: 'thingGroup',
  });
  const group = requireThingGroup(scope, groupName);
  const thingName = nameOf(scope, { name: input.thingName, arn: input.thingArn, member: 'thing' });
  return { thing: requireThing(scope, thingName), group };
}
