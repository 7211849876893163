import type { TableSource } from '@/lib/sandbox/state/region-state';
import type { Table } from '@/lib/sandbox/state/table';

export type IndexField = { name: string; type: 'String' | 'Number' | 'Boolean' };

/** How things are indexed while they are. */
export type ThingIndexing = {
  thingIndexingMode: 'REGISTRY' | 'REGISTRY_AND_SHADOW';
  thingConnectivityIndexingMode: 'OFF' | 'STATUS';
  namedShadowIndexingMode: 'OFF' | 'ON';
  namedShadowNames: readonly string[];
  customFields: readonly IndexField[];
};

export type ThingGroupIndexing = { customFields: readonly IndexField[] };

/** An index that is switched on. */
export type IndexRecord<Indexing> = {
  indexing: Indexing;
  /** What was indexed before the last change, and can be searched until that is built. */
  before?: Indexing | undefined;
  /** When the index is built, epoch milliseconds. */
  readyAt: number;
};

export const THINGS_INDEX = 'AWS_Things';
export const THING_GROUPS_INDEX = 'AWS_ThingGroups';

/** By index name; no row: the index is off. */
export class IndexTables {
  readonly things: Table<IndexRecord<ThingIndexing>>;
  readonly thingGroups: Table<IndexRecord<ThingGroupIndexing>>;

  constructor(source: TableSource) {
    this.things = source.table('fleet-index-things');
    this.thingGroups = source.table('fleet-index-thing-groups');
  }
}
