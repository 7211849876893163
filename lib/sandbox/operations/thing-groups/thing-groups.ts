import type {
  DeleteThingGroupRequest,
  DescribeThingGroupRequest,
  DescribeThingGroupResponse,
  UpdateThingGroupRequest,
  UpdateThingGroupResponse,
} from '@aws-sdk/client-iot';
import { ApiError, invalidRequest, required } from '@/lib/sandbox/api-error';
import { forgetTags } from '@/lib/sandbox/operations/tags/saved-tags';
import { requireThing } from '@/lib/sandbox/operations/things/require-thing';
import { hierarchyEvent, thingGroupEvent } from '@/lib/sandbox/registry-events/thing-group-events';
import type { Scope } from '@/lib/sandbox/scope';
import { nameAndArn } from './list-thing-groups';
import { leaveGroup } from './membership';
import { changedProperties } from './thing-group-properties';
import { type ThingGroupRecord, ThingGroupTables } from './thing-group-tables';
import { ancestorsOf, requireThingGroup, thingGroupArn } from './thing-groups-of-thing';

/** `rootToParentThingGroups` starts with the root; a root has none. */
export function describeThingGroup(
  scope: Scope,
  input: DescribeThingGroupRequest,
): DescribeThingGroupResponse {
  const group = requireThingGroup(scope, required(input.thingGroupName, 'thingGroupName'));
  const ancestors = ancestorsOf(scope.region, group).reverse();
  return {
    thingGroupName: group.thingGroupName,
    thingGroupId: group.thingGroupId,
    thingGroupArn: thingGroupArn(scope.region, group.thingGroupName),
    version: group.version,
    thingGroupProperties: {
      thingGroupDescription: group.description,
      attributePayload: { attributes: { ...group.attributes } },
    },
    thingGroupMetadata: {
      parentGroupName: group.parentGroupName,
      rootToParentThingGroups:
        ancestors.length === 0 ? undefined : ancestors.map((ancestor) => nameAndArn(scope, ancestor)),
      creationDate: new Date(group.createdAt),
    },
  };
}

export function updateThingGroup(scope: Scope, input: UpdateThingGroupRequest): UpdateThingGroupResponse {
  const group = requireThingGroup(scope, required(input.thingGroupName, 'thingGroupName'));
  checkVersion(group, input.expectedVersion);
  const properties = changedProperties(group, required(input.thingGroupProperties, 'thingGroupProperties'));
  const changed = { ...group, ...properties, version: group.version + 1 };
  scope.region.family(ThingGroupTables).groups.set(group.thingGroupName, changed);
  thingGroupEvent(scope, 'UPDATED', changed);
  return { version: changed.version };
}

/** Deleting what is not there succeeds. Things leave a group that goes, and its policies are detached. */
export function deleteThingGroup(scope: Scope, input: DeleteThingGroupRequest): object {
  const { region } = scope;
  const tables = region.family(ThingGroupTables);
  const group = tables.groups.get(required(input.thingGroupName, 'thingGroupName'));
  if (!group) return {};
  const { thingGroupName } = group;
  checkVersion(group, input.expectedVersion);
  if (tables.childrenOf(thingGroupName).length > 0) {
    throw invalidRequest(
      `Cannot delete thing group : ${thingGroupName} when there are still child groups attached to it`,
    );
  }
  for (const thingName of [...tables.memberships.leftsOf(thingGroupName).keys()]) {
    leaveGroup(scope, { thing: requireThing(scope, thingName), group });
  }
  const arn = thingGroupArn(region, thingGroupName);
  for (const policyName of [...region.policyAttachments.leftsOf(arn).keys()]) {
    region.policyAttachments.unlink(policyName, arn);
  }
  hierarchyEvent(scope, 'REMOVED', group);
  tables.groups.delete(thingGroupName);
  forgetTags(scope, arn);
  thingGroupEvent(scope, 'DELETED', group);
  return {};
}

function checkVersion(group: ThingGroupRecord, expectedVersion: number | undefined): void {
  if (expectedVersion === undefined || expectedVersion === group.version) return;
  throw new ApiError(
    'VersionConflictException',
    `The version for thing group ${group.thingGroupName} does not match the expected version.`,
  );
}
