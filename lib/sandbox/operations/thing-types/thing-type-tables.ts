import type { ThingRecord } from '@/lib/sandbox/state/records';
import type { TableSource } from '@/lib/sandbox/state/region-state';
import type { Table, TableIndex } from '@/lib/sandbox/state/table';

export type ThingTypeRecord = {
  thingTypeName: string;
  thingTypeId: string;
  description?: string | undefined;
  searchableAttributes: readonly string[];
  createdAt: number;
  /** Present: deprecated since then. */
  deprecatedAt?: number | undefined;
  sequence: number;
};

export class ThingTypeTables {
  readonly types: Table<ThingTypeRecord>;
  readonly thingsByType: TableIndex<ThingRecord>;

  constructor(source: TableSource) {
    this.types = source.table('thing-types');
    this.thingsByType = source.table<ThingRecord>('things').indexBy((thing) => thing.thingTypeName);
  }
}
