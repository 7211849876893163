/**
 * How many certificates the ledger has, of each sort.
 * @module
 */
import 'server-only';
import { and, count, eq } from 'drizzle-orm';
import { database } from '@/lib/db/database';
import { issuedCertificates, ledgerCounts } from '@/lib/db/schema/ledger';
import { isAbandoned } from './delivery';

export type LedgerCounts = {
  issued: number;
  delivered: number;
  /** Their bundles are on the way, as far as the rows say; `countsAt` knows more. */
  reserved: number;
  /** Nobody knows whether anyone has the bundle. */
  notConfirmed: number;
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
    reserved: sum(({ delivery }) => delivery === 'reserved'),
    notConfirmed: sum(({ delivery }) => delivery === 'not-confirmed'),
    neverSeen: sum(({ lastSeenState }) => lastSeenState === ''),
    active: sum(({ lastSeenState }) => lastSeenState === 'ACTIVE'),
  };
}

/** With the single downloads that nobody confirmed in time, which no trigger sees; a partial index has them. */
export async function countsAt(environment: string, now: Date): Promise<LedgerCounts> {
  const [stored, [abandoned]] = await Promise.all([
    counts(environment),
    database()
      .select({ rows: count() })
      .from(issuedCertificates)
      .where(and(eq(issuedCertificates.environment, environment), isAbandoned(now))),
  ]);
  const rows = abandoned?.rows ?? 0;
  return {
    ...stored,
    reserved: Math.max(0, stored.reserved - rows),
    notConfirmed: stored.notConfirmed + rows,
  };
}
