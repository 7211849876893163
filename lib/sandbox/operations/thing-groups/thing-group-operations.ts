import type { Operations } from '@/lib/sandbox/operations/operation';
import { createThingGroup } from './create-thing-group';
import { listThingGroups, listThingGroupsForThing } from './list-thing-groups';
import * as members from './thing-group-members';
import * as groups from './thing-groups';

/** Static groups. Dynamic ones, which a search of the fleet index fills, are not built. */
export const thingGroupOperations = {
  CreateThingGroup: createThingGroup,
  DescribeThingGroup: groups.describeThingGroup,
  UpdateThingGroup: groups.updateThingGroup,
  DeleteThingGroup: groups.deleteThingGroup,
  ListThingGroups: listThingGroups,
  ListThingGroupsForThing: listThingGroupsForThing,
  AddThingToThingGroup: members.addThingToThingGroup,
  RemoveThingFromThingGroup: members.removeThingFromThingGroup,
  UpdateThingGroupsForThing: members.updateThingGroupsForThing,
  ListThingsInThingGroup: members.listThingsInThingGroup,
} satisfies Operations;
