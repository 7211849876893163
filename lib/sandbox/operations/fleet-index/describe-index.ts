import type {
  DescribeIndexRequest,
  DescribeIndexResponse,
  ListIndicesRequest,
  ListIndicesResponse,
} from '@aws-sdk/client-iot';
import { required } from '@/lib/sandbox/api-error';
import { pageOf } from '@/lib/sandbox/operations/page';
import type { Scope } from '@/lib/sandbox/scope';
import { requireIndex, statusOf } from './index-state';
import { IndexTables, THING_GROUPS_INDEX, THINGS_INDEX, type ThingIndexing } from './index-tables';

export function describeIndex(scope: Scope, input: DescribeIndexRequest): DescribeIndexResponse {
  const indexName = required(input.indexName, 'indexName');
  const tables = scope.region.family(IndexTables);
  if (indexName === THING_GROUPS_INDEX) {
    const record = requireIndex(tables.thingGroups, indexName);
    return { indexName, indexStatus: statusOf(scope, record), schema: 'THING_GROUPS' };
  }
  const record = requireIndex(tables.things, indexName);
  return { indexName, indexStatus: statusOf(scope, record), schema: schemaOf(record.indexing) };
}

export function listIndices(scope: Scope, input: ListIndicesRequest): ListIndicesResponse {
  const tables = scope.region.family(IndexTables);
  const names = [
    ...(tables.thingGroups.has(THING_GROUPS_INDEX) ? [THING_GROUPS_INDEX] : []),
    ...(tables.things.has(THINGS_INDEX) ? [THINGS_INDEX] : []),
  ];
  const { items, next } = pageOf(
    scope,
    { of: ['ListIndices'], token: input.nextToken, size: input.maxResults },
    { items: names, keyOf: (name) => name },
  );
  return { indexNames: items, nextToken: next };
}

/** Service model, `DescribeIndexResponse.schema`. */
function schemaOf(indexing: ThingIndexing): string {
  if (indexing.namedShadowIndexingMode === 'ON') return 'MULTI_INDEXING_MODE';
  return indexing.thingConnectivityIndexingMode === 'STATUS'
    ? `${indexing.thingIndexingMode}_AND_CONNECTIVITY_STATUS`
    : indexing.thingIndexingMode;
}
