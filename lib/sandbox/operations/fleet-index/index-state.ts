import { ApiError, notFound } from '@/lib/sandbox/api-error';
import type { Scope } from '@/lib/sandbox/scope';
import {
  type IndexRecord,
  IndexTables,
  THING_GROUPS_INDEX,
  THINGS_INDEX,
  type ThingGroupIndexing,
  type ThingIndexing,
} from './index-tables';

/** BUILDING: nothing can be searched yet. REBUILDING: what was indexed before can. */
export type IndexStatus = 'BUILDING' | 'ACTIVE' | 'REBUILDING';

/** How long an index takes to build; on AWS half a minute or more, here just long enough that clients must wait. */
export const INDEX_BUILD_MS = 500;

export function statusOf(scope: Scope, { before, readyAt }: IndexRecord<unknown>): IndexStatus {
  if (scope.now().getTime() >= readyAt) return 'ACTIVE';
  return before === undefined ? 'BUILDING' : 'REBUILDING';
}

/** An index and what of it can be searched now. */
export type SearchableIndex =
  | { name: typeof THINGS_INDEX; indexing: ThingIndexing }
  | { name: typeof THING_GROUPS_INDEX; indexing: ThingGroupIndexing };

/** @throws ApiError ResourceNotFoundException, IndexNotReadyException */
export function searchableIndex(scope: Scope, indexName: string = THINGS_INDEX): SearchableIndex {
  const tables = scope.region.family(IndexTables);
  if (indexName === THING_GROUPS_INDEX) {
    return {
      name: THING_GROUPS_INDEX,
      indexing: searched(scope, requireIndex(tables.thingGroups, indexName)),
    };
  }
  const { indexing, before, readyAt } = requireIndex(tables.things, indexName);
  const searchedNow = searched(scope, { indexing, before, readyAt });
  return { name: THINGS_INDEX, indexing: common(searchedNow, indexing) };
}

/** Worded as AWS words it. */
export const indexMissing = (indexName: string) =>
  notFound(`Index ${indexName} does not exist. Please enable index by calling UpdateIndexingConfiguration`);

/** @throws ApiError ResourceNotFoundException */
export function requireIndex<Indexing>(
  table: { get(name: string): IndexRecord<Indexing> | undefined },
  indexName: string,
): IndexRecord<Indexing> {
  const record = table.get(indexName);
  if (record) return record;
  throw indexMissing(indexName);
}

function searched<Indexing>(scope: Scope, record: IndexRecord<Indexing>): Indexing {
  switch (statusOf(scope, record)) {
    case 'ACTIVE':
      return record.indexing;
    case 'REBUILDING':
      return record.before ?? record.indexing;
    case 'BUILDING':
      throw new ApiError('IndexNotReadyException', 'The index is not ready.');
  }
}

/** While an index is rebuilt, what both configurations index can be searched. */
function common(now: ThingIndexing, next: ThingIndexing): ThingIndexing {
  if (now === next) return next;
  const both = next.customFields.filter((field) =>
    now.customFields.some(({ name, type }) => name === field.name && type === field.type),
  );
  return {
    thingIndexingMode: now.thingIndexingMode === 'REGISTRY' ? 'REGISTRY' : next.thingIndexingMode,
    thingConnectivityIndexingMode:
      now.thingConnectivityIndexingMode === 'OFF' ? 'OFF' : next.thingConnectivityIndexingMode,
    namedShadowIndexingMode: now.namedShadowIndexingMode === 'OFF' ? 'OFF' : next.namedShadowIndexingMode,
    namedShadowNames: next.namedShadowNames.filter((name) => now.namedShadowNames.includes(name)),
    customFields: both,
  };
}
