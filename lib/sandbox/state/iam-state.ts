import type { RoleRecord } from './records';
import type { Store } from './store';
import type { Table } from './table';

/** What IAM keeps; it is global, so one per sandbox. */
export class IamState {
  readonly accountId: string;
  readonly roles: Table<RoleRecord>;

  constructor({ accountId, store }: { accountId: string; store: Store }) {
    this.accountId = accountId;
    this.roles = store.table('iam/roles');
  }
}
