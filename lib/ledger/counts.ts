/**
 * How many certificates the ledger has, of each sort.
 * @module
 */
import 'server-only';
import { eq } from 'drizzle-orm';
import { database } from '@/lib/db/database';
import { ledgerCounts } from '@/lib/db/schema/ledger';

export type LedgerCounts = {
  issued: number;
  delivered: number;
  /** Nobody knows (yet) whether anyone has the bundle. */
  notDelivered: number;
  neverSeen: number;
  active: number;
};

/** How many certificates were issued, delivered, and seen in AWS by what was last heard; as cheap with a million rows as with one. */
export async function counts(environment: string): Promise<LedgerCounts> {
  const sorts = await database().select().from(ledgerCounts).where(eq(ledgerCounts.environment, environment));
  const sum = (fits: (sort: (typeof sorts)[number]) => boolean) =>
    sorts.filter(fits).reduce((total, { rows }) => total + rows, 0);
  return {
    issued: sum(() => true),
    delivered: sum(({ delivery }) => delivery === 'delivered'),
    notDelivered: sum(({ delivery }) => delivery === 'reserved' || delivery === 'not-confirmed'),
    neverSeen: sum(({ lastSeenState }) => lastSeenState === ''),
    active: sum(({ lastSeenState }) => lastSeenState === 'ACTIVE'),
  };
}
