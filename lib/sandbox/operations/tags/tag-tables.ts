import type { TableSource } from '@/lib/sandbox/state/region-state';
import type { Table } from '@/lib/sandbox/state/table';

/** A tag as it is kept; AWS answers a tag without value with an empty one. */
export type TagRecord = { Key: string; Value: string };

export class TagTables {
  /** By the resource's ARN. A row without tags says that the resource is there and can be tagged. */
  readonly tagsByArn: Table<{ tags: readonly TagRecord[] }>;

  constructor(source: TableSource) {
    this.tagsByArn = source.table('tags');
  }
}
