import type { ThingRecord } from '@/lib/sandbox/state/records';
import type { TableSource } from '@/lib/sandbox/state/region-state';
import type { Table, TableIndex } from '@/lib/sandbox/state/table';

export type BillingGroupRecord = {
  billingGroupName: string;
  billingGroupId: string;
  description?: string | undefined;
  version: number;
  createdAt: number;
  sequence: number;
};

export class BillingGroupTables {
  readonly groups: Table<BillingGroupRecord>;
  readonly thingsByGroup: TableIndex<ThingRecord>;

  constructor(source: TableSource) {
    this.groups = source.table('billing-groups');
    this.thingsByGroup = source.table<ThingRecord>('things').indexBy((thing) => thing.billingGroupName);
  }
}
