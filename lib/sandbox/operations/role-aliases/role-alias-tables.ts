import type { TableSource } from '@/lib/sandbox/state/region-state';
import type { Table } from '@/lib/sandbox/state/table';

export type RoleAliasRecord = {
  roleAlias: string;
  roleArn: string;
  /** For how long credentials of the alias are good. */
  durationSeconds: number;
  createdAt: number;
  modifiedAt: number;
  sequence: number;
};

export class RoleAliasTables {
  readonly aliases: Table<RoleAliasRecord>;

  constructor(source: TableSource) {
    this.aliases = source.table('role-aliases');
  }
}
