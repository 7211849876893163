import type { IndexField, ThingIndexing } from './index-tables';

/** AWS IoT Developer Guide, "Managing thing indexing": fields whose type AWS gives. */
const REGISTRY: readonly IndexField[] = [
  { name: 'thingId', type: 'String' },
  { name: 'thingName', type: 'String' },
  { name: 'registry.version', type: 'Number' },
  { name: 'registry.thingTypeName', type: 'String' },
  { name: 'registry.thingGroupNames', type: 'String' },
];
const SHADOW: readonly IndexField[] = [
  { name: 'shadow.version', type: 'Number' },
  { name: 'shadow.hasDelta', type: 'Boolean' },
];
const CONNECTIVITY: readonly IndexField[] = [
  { name: 'connectivity.timestamp', type: 'Number' },
  { name: 'connectivity.version', type: 'Number' },
  { name: 'connectivity.connected', type: 'Boolean' },
  { name: 'connectivity.disconnectReason', type: 'String' },
];
const NAMED_SHADOW: readonly IndexField[] = [
  { name: 'shadow.name.*.version', type: 'Number' },
  { name: 'shadow.name.*.hasDelta', type: 'Boolean' },
];

export const THING_GROUP_MANAGED_FIELDS: readonly IndexField[] = [
  { name: 'description', type: 'String' },
  { name: 'parentGroupNames', type: 'String' },
  { name: 'thingGroupId', type: 'String' },
  { name: 'thingGroupName', type: 'String' },
  { name: 'version', type: 'Number' },
];

export function thingManagedFields(indexing: ThingIndexing): readonly IndexField[] {
  return [
    ...REGISTRY,
    ...(indexing.thingIndexingMode === 'REGISTRY_AND_SHADOW' ? SHADOW : []),
    ...(indexing.namedShadowIndexingMode === 'ON' ? NAMED_SHADOW : []),
    ...(indexing.thingConnectivityIndexingMode === 'STATUS' ? CONNECTIVITY : []),
  ];
}
