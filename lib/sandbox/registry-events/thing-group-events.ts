import type { ThingGroupRecord } from '@/lib/sandbox/operations/thing-groups/thing-group-tables';
import { ancestorsOf, thingGroupArn } from '@/lib/sandbox/operations/thing-groups/thing-groups-of-thing';
import type { Scope } from '@/lib/sandbox/scope';
import type { ThingRecord } from '@/lib/sandbox/state/records';
import { publishEvent } from './publish-event';

/** `rootToParentThingGroups` starts with the parent here, although DescribeThingGroup starts with the root. */
export function thingGroupEvent(
  scope: Scope,
  operation: 'CREATED' | 'UPDATED' | 'DELETED',
  group: ThingGroupRecord,
): void {
  publishEvent(scope, 'THING_GROUP', () => {
    const ancestors = ancestorsOf(scope.region, group);
    return {
      topic: `thingGroup/${group.thingGroupName}/${operation.toLowerCase()}`,
      payload: {
        operation,
        accountId: scope.accountId,
        thingGroupId: group.thingGroupId,
        thingGroupName: group.thingGroupName,
        versionNumber: group.version,
        parentGroupName: group.parentGroupName ?? null,
        parentGroupId: ancestors[0]?.thingGroupId ?? null,
        description: group.description ?? null,
        rootToParentThingGroups: ancestors.length === 0 ? null : ancestors.map(nameAndArn(scope)),
        attributes: group.attributes,
      },
    };
  });
}

/** A group came under a parent, or left it, which happens at its creation and deletion only. */
export function hierarchyEvent(scope: Scope, operation: 'ADDED' | 'REMOVED', child: ThingGroupRecord): void {
  const [parent] = ancestorsOf(scope.region, child);
  if (!parent) return;
  publishEvent(scope, 'THING_GROUP_HIERARCHY', () => ({
    topic: `thingGroupHierarchy/thingGroup/${parent.thingGroupName}/childThingGroup/${child.thingGroupName}/${operation.toLowerCase()}`,
    payload: {
      operation,
      accountId: scope.accountId,
      thingGroupId: parent.thingGroupId,
      thingGroupName: parent.thingGroupName,
      childGroupId: child.thingGroupId,
      childGroupName: child.thingGroupName,
    },
  }));
}

export function membershipEvent(
  scope: Scope,
  operation: 'ADDED' | 'REMOVED',
  { thing, group, membershipId }: { thing: ThingRecord; group: ThingGroupRecord; membershipId: string },
): void {
  publishEvent(scope, 'THING_GROUP_MEMBERSHIP', () => ({
    topic: `thingGroupMembership/thingGroup/${group.thingGroupName}/thing/${thing.thingName}/${operation.toLowerCase()}`,
    payload: {
      operation,
      accountId: scope.accountId,
      groupArn: thingGroupArn(scope.region, group.thingGroupName),
      groupId: group.thingGroupId,
      thingArn: scope.region.thingArn(thing.thingName),
      thingId: thing.thingId,
      membershipId,
    },
  }));
}

const nameAndArn = (scope: Scope) => (group: ThingGroupRecord) => ({
  groupName: group.thingGroupName,
  groupArn: thingGroupArn(scope.region, group.thingGroupName),
});
