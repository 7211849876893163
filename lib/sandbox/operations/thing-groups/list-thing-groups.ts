import type {
  ListThingGroupsForThingRequest,
  ListThingGroupsForThingResponse,
  ListThingGroupsRequest,
  ListThingGroupsResponse,
} from '@aws-sdk/client-iot';
import { required } from '@/lib/sandbox/api-error';
import { type Page, type PageRequest, pageOf } from '@/lib/sandbox/operations/page';
import { requireThing } from '@/lib/sandbox/operations/things/require-thing';
import type { Scope } from '@/lib/sandbox/scope';
import { type ThingGroupRecord, ThingGroupTables } from './thing-group-tables';
import { descendantsOf, groupsOfThing, requireThingGroup, thingGroupArn } from './thing-groups-of-thing';

/** In order of creation; AWS documents no order. */
export function listThingGroups(scope: Scope, input: ListThingGroupsRequest): ListThingGroupsResponse {
  const { namePrefixFilter = '', parentGroup, recursive } = input;
  const groups = listed(scope, input).filter((group) => group.thingGroupName.startsWith(namePrefixFilter));
  const { items, next } = groupsPage(scope, groups, {
    of: ['ListThingGroups', namePrefixFilter, parentGroup, recursive],
    token: input.nextToken,
    size: input.maxResults,
  });
  return { thingGroups: items.map((group) => nameAndArn(scope, group)), nextToken: next };
}

/**
 * The groups below `parentGroup`, or all: of every level unless `recursive` is false. The model's member has no default; the
 * AWS IoT Core Developer Guide ("List thing groups") says that leaving it out is as good as false, and AWS was measured to
 * answer every level (moto issue 2961).
 */
function listed(scope: Scope, { parentGroup, recursive = true }: ListThingGroupsRequest) {
  const tables = scope.region.family(ThingGroupTables);
  if (parentGroup !== undefined) {
    requireThingGroup(scope, parentGroup);
    return recursive ? descendantsOf(scope.region, parentGroup) : tables.childrenOf(parentGroup);
  }
  const all = [...tables.groups.values()];
  return recursive ? all : all.filter((group) => group.parentGroupName === undefined);
}

/** With every parent group (AWS IoT Core Developer Guide, "List groups for a thing"). */
export function listThingGroupsForThing(
  scope: Scope,
  input: ListThingGroupsForThingRequest,
): ListThingGroupsForThingResponse {
  const { thingName } = requireThing(scope, required(input.thingName, 'thingName'));
  const { items, next } = groupsPage(scope, groupsOfThing(scope.region, thingName), {
    of: ['ListThingGroupsForThing', thingName],
    token: input.nextToken,
    size: input.maxResults,
  });
  return { thingGroups: items.map((group) => nameAndArn(scope, group)), nextToken: next };
}

function groupsPage(
  scope: Scope,
  groups: readonly ThingGroupRecord[],
  request: PageRequest,
): Page<ThingGroupRecord> {
  const items = [...groups].sort((a, b) => a.sequence - b.sequence);
  return pageOf(scope, request, { items, keyOf: (group) => group.sequence });
}

export const nameAndArn = ({ region }: Scope, { thingGroupName }: ThingGroupRecord) => ({
  groupName: thingGroupName,
  groupArn: thingGroupArn(region, thingGroupName),
});
