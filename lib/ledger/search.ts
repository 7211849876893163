/**
 * Looking devices up in the ledger by what people have at hand.
 * @module
 */
import 'server-only';
import { and, count, desc, eq, inArray } from 'drizzle-orm';
import { database } from '@/lib/db/database';
import { issuedCertificates } from '@/lib/db/schema/ledger';
import { type LedgerRow, toLedgerRow } from './ledger-row';

/**
 * Certificates with one of these serial numbers, newest first: two CAs may have given out the same one.
 *
 * @param serials - hex digits as the ledger keeps them
 */
export async function findBySerial(
  environment: string,
  serials: readonly string[],
  { limit, now }: { limit: number; now: Date },
): Promise<LedgerRow[]> {
  const stored = await database()
    .select()
    .from(issuedCertificates)
    .where(
      and(eq(issuedCertificates.environment, environment), inArray(issuedCertificates.serial, [...serials])),
    )
    .orderBy(desc(issuedCertificates.reservedAt))
    .limit(limit);
  return stored.map((row) => toLedgerRow(row, now));
}

/** Certificates of exactly this common name, newest first: a device may have had several. */
export async function findByName(
  environment: string,
  commonName: string,
  { limit, now }: { limit: number; now: Date },
): Promise<LedgerRow[]> {
  // PostgreSQL keeps no zero byte in a text and refuses to compare with one (its manual, "Character Types").
  if (commonName.includes('\0')) return [];
  const stored = await database()
    .select()
    .from(issuedCertificates)
    .where(
      and(eq(issuedCertificates.environment, environment), eq(issuedCertificates.commonName, commonName)),
    )
    .orderBy(desc(issuedCertificates.reservedAt))
    .limit(limit);
  return stored.map((row) => toLedgerRow(row, now));
}

/** How many devices of a batch were pending when last seen. */
export async function countPending(environment: string, batch: string): Promise<number> {
  const [row] = await database()
    .select({ pending: count() })
    .from(issuedCertificates)
    .where(
      and(
        eq(issuedCertificates.environment, environment),
        eq(issuedCertificates.batch, batch),
        eq(issuedCertificates.lastSeenState, 'PENDING_ACTIVATION'),
      ),
    );
  return row?.pending ?? 0;
}
