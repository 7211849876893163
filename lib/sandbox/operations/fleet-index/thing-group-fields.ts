import type { ThingGroupRecord } from '@/lib/sandbox/operations/thing-groups/thing-group-tables';
import { ancestorsOf } from '@/lib/sandbox/operations/thing-groups/thing-groups-of-thing';
import type { RegionState } from '@/lib/sandbox/state/region-state';
import type { FieldSearch, SearchableFields } from './query/compile-query';

type GroupSearch = FieldSearch<ThingGroupRecord>;

/** The names of the groups above one. */
export const parentGroupNames = (region: RegionState, group: ThingGroupRecord): string[] =>
  ancestorsOf(region, group).map(({ thingGroupName }) => thingGroupName);

/** The fields by which thing groups can be searched (guide, "Managing thing group indexing"). */
export function thingGroupFields(region: RegionState): SearchableFields<ThingGroupRecord> {
  return {
    field: (name) => (name === 'version' ? undefined : thingGroupField(region, name)),
    anyField: (group, test) =>
      test(group.thingGroupName) ||
      test(group.thingGroupId) ||
      (group.description !== undefined && test(group.description)) ||
      Object.values(group.attributes).some(test) ||
      parentGroupNames(region, group).some(test),
  };
}

/** A field that can be searched or aggregated; undefined when the index has no such field. */
export function thingGroupField(region: RegionState, name: string): GroupSearch | undefined {
  switch (name) {
    case 'thingGroupName':
      return (group, test) => test(group.thingGroupName);
    case 'thingGroupId':
      return (group, test) => test(group.thingGroupId);
    case 'description':
    case 'thingGroupDescription':
      return ({ description }, test) => description !== undefined && test(description);
    case 'parentGroupNames':
      return (group, test) => parentGroupNames(region, group).some(test);
    case 'version':
      return (group, test) => test(group.version);
  }
  if (!name.startsWith('attributes.')) return undefined;
  const attribute = name.slice('attributes.'.length);
  return ({ attributes }, test) => Object.hasOwn(attributes, attribute) && test(attributes[attribute] ?? '');
}
