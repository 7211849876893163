import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { CreateThingGroupRequest, CreateThingGroupResponse } from '@aws-sdk/client-iot';
import { ApiError, invalidRequest, required } from '@/lib/sandbox/api-error';
import { sameTags, saveTags } from '@/lib/sandbox/operations/tags/saved-tags';
import { hierarchyEvent, thingGroupEvent } from '@/lib/sandbox/registry-events/thing-group-events';
import type { Scope } from '@/lib/sandbox/scope';
import { changedProperties } from './thing-group-properties';
import { ThingGroupTables } from './thing-group-tables';
import { ancestorsOf, requireThingGroup, thingGroupArn } from './thing-groups-of-thing';

/** AWS IoT Core quotas: levels of a hierarchy, its root being the first, and direct children of a group. */
const LEVELS_MAX = 7;
const CHILDREN_MAX = 100;

/** The same properties, parent and tags again succeed; others are a conflict. */
export function createThingGroup(scope: Scope, input: CreateThingGroupRequest): CreateThingGroupResponse {
  const thingGroupName = required(input.thingGroupName, 'thingGroupName');
  const { parentGroupName } = input;
  const { region } = scope;
  const { groups } = region.family(ThingGroupTables);
  const arn = thingGroupArn(region, thingGroupName);
  const properties = changedProperties(
    { description: undefined, attributes: {} },
    input.thingGroupProperties,
  );
  const existing = groups.get(thingGroupName);
  if (existing) {
    const { description, attributes, thingGroupId } = existing;
    const isSame =
      existing.parentGroupName === parentGroupName &&
      isDeepStrictEqual({ description, attributes: { ...attributes } }, properties);
    if (isSame && sameTags(scope, arn, input.tags))
      return { thingGroupName, thingGroupArn: arn, thingGroupId };
    throw new ApiError(
      'ResourceAlreadyExistsException',
      `Thing Group ${thingGroupName} already exists in current account with different properties`,
      { resourceId: thingGroupId, resourceArn: arn },
    );
  }
  if (parentGroupName !== undefined) checkPlaceBelow(scope, parentGroupName);
  saveTags(scope, arn, input.tags);
  const group = groups.set(thingGroupName, {
    thingGroupName,
    thingGroupId: randomUUID(),
    parentGroupName,
    ...properties,
    version: 1,
    createdAt: scope.now().getTime(),
    sequence: region.nextSequence(),
  });
  thingGroupEvent(scope, 'CREATED', group);
  hierarchyEvent(scope, 'ADDED', group);
  return { thingGroupName, thingGroupArn: arn, thingGroupId: group.thingGroupId };
}

function checkPlaceBelow(scope: Scope, parentGroupName: string): void {
  const { region } = scope;
  const levels = ancestorsOf(region, requireThingGroup(scope, parentGroupName)).length + 2;
  if (levels > LEVELS_MAX) {
    throw invalidRequest(
      `A thing group cannot be created below ${parentGroupName}: a hierarchy has at most ${LEVELS_MAX} levels`,
    );
  }
  if (region.family(ThingGroupTables).childrenOf(parentGroupName).length >= CHILDREN_MAX) {
    throw invalidRequest(
      `A thing group cannot be created below ${parentGroupName}: it has ${CHILDREN_MAX} direct child groups, the maximum`,
    );
  }
}
