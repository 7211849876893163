import type { CustomerPolicyRecord } from '@/lib/sandbox/iam/customer-policy-record';
import type { RoleSessionRecord } from '@/lib/sandbox/sts/session-record';
import type { RoleRecord } from './records';
import type { Store } from './store';
import type { Table } from './table';

/** What IAM keeps; it is global, so one per sandbox. */
export class IamState {
  readonly accountId: string;
  readonly roles: Table<RoleRecord>;
  readonly policies: Table<CustomerPolicyRecord>;
  /** Sessions of roles by their access keys. */
  readonly sessions: Table<RoleSessionRecord>;

  constructor({ accountId, store }: { accountId: string; store: Store }) {
    this.accountId = accountId;
    this.roles = store.table('iam/roles');
    this.policies = store.table('iam/policies');
    this.sessions = store.table('iam/sessions');
  }
}
