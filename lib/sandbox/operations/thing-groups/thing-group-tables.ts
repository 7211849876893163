import type { TableSource } from '@/lib/sandbox/state/region-state';
import type { Relation } from '@/lib/sandbox/state/relation';
import type { Table, TableIndex } from '@/lib/sandbox/state/table';

export type ThingGroupRecord = {
  thingGroupName: string;
  thingGroupId: string;
  /** Given at creation, never changed. */
  parentGroupName?: string | undefined;
  description?: string | undefined;
  attributes: Readonly<Record<string, string>>;
  version: number;
  createdAt: number;
  sequence: number;
};

/** A thing's direct membership; the id is what events call it by. */
export type MembershipRecord = { membershipId: string };

export class ThingGroupTables {
  readonly groups: Table<ThingGroupRecord>;
  /** Thing name to the name of a group it is directly in. */
  readonly memberships: Relation<MembershipRecord>;
  readonly #groupsByParent: TableIndex<ThingGroupRecord>;

  constructor(source: TableSource) {
    this.groups = source.table('thing-groups');
    this.memberships = source.relation('thing-group-memberships');
    this.#groupsByParent = this.groups.indexBy((group) => group.parentGroupName);
  }

  childrenOf(thingGroupName: string): readonly ThingGroupRecord[] {
    return this.#groupsByParent.get(thingGroupName);
  }
}
