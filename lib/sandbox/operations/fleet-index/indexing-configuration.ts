import { isDeepStrictEqual } from 'node:util';
import type {
  GetIndexingConfigurationResponse,
  ThingGroupIndexingConfiguration,
  ThingIndexingConfiguration,
  UpdateIndexingConfigurationRequest,
} from '@aws-sdk/client-iot';
import type { Scope } from '@/lib/sandbox/scope';
import type { Table } from '@/lib/sandbox/state/table';
import { INDEX_BUILD_MS, statusOf } from './index-state';
import { type IndexRecord, IndexTables, THING_GROUPS_INDEX, THINGS_INDEX } from './index-tables';
import { readThingGroupIndexing, readThingIndexing } from './indexing-request';
import { THING_GROUP_MANAGED_FIELDS, thingManagedFields } from './managed-fields';

export function getIndexingConfiguration(scope: Scope): GetIndexingConfigurationResponse {
  return {
    thingIndexingConfiguration: thingConfiguration(scope),
    thingGroupIndexingConfiguration: thingGroupConfiguration(scope),
  };
}

/** Replaces all of a configuration that is given, custom fields included, and leaves one that is not. */
export function updateIndexingConfiguration(scope: Scope, input: UpdateIndexingConfigurationRequest): object {
  const { thingIndexingConfiguration, thingGroupIndexingConfiguration } = input;
  const tables = scope.region.family(IndexTables);
  // Both are judged before either is changed.
  const things = thingIndexingConfiguration && { indexing: readThingIndexing(thingIndexingConfiguration) };
  const groups = thingGroupIndexingConfiguration && {
    indexing: readThingGroupIndexing(thingGroupIndexingConfiguration),
  };
  if (things) switchIndex(scope, tables.things, { name: THINGS_INDEX, ...things });
  if (groups) switchIndex(scope, tables.thingGroups, { name: THING_GROUPS_INDEX, ...groups });
  return {};
}

function switchIndex<Indexing>(
  scope: Scope,
  table: Table<IndexRecord<Indexing>>,
  { name, indexing }: { name: string; indexing: Indexing | undefined },
): void {
  if (indexing === undefined) {
    table.delete(name);
    return;
  }
  const record = table.get(name);
  if (record && isDeepStrictEqual(record.indexing, indexing)) return;
  const before = record && (statusOf(scope, record) === 'ACTIVE' ? record.indexing : record.before);
  table.set(name, { indexing, before, readyAt: scope.now().getTime() + INDEX_BUILD_MS });
}

function thingConfiguration(scope: Scope): ThingIndexingConfiguration {
  const record = scope.region.family(IndexTables).things.get(THINGS_INDEX);
  if (!record) {
    return {
      thingIndexingMode: 'OFF',
      thingConnectivityIndexingMode: 'OFF',
      deviceDefenderIndexingMode: 'OFF',
      namedShadowIndexingMode: 'OFF',
    };
  }
  const { indexing } = record;
  return {
    thingIndexingMode: indexing.thingIndexingMode,
    thingConnectivityIndexingMode: indexing.thingConnectivityIndexingMode,
    deviceDefenderIndexingMode: 'OFF',
    namedShadowIndexingMode: indexing.namedShadowIndexingMode,
    managedFields: [...thingManagedFields(indexing)],
    customFields: [...indexing.customFields],
    ...(indexing.namedShadowIndexingMode === 'ON' && {
      filter: { namedShadowNames: [...indexing.namedShadowNames] },
    }),
  };
}

function thingGroupConfiguration(scope: Scope): ThingGroupIndexingConfiguration {
  const record = scope.region.family(IndexTables).thingGroups.get(THING_GROUPS_INDEX);
  if (!record) return { thingGroupIndexingMode: 'OFF' };
  return {
    thingGroupIndexingMode: 'ON',
    managedFields: [...THING_GROUP_MANAGED_FIELDS],
    customFields: [...record.indexing.customFields],
  };
}
