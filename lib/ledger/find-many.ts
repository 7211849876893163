import 'server-only';
import { and, eq, inArray } from 'drizzle-orm';
import { database } from '@/lib/db/database';
import { issuedCertificates } from '@/lib/db/schema/ledger';
import { type LedgerRow, toLedgerRow } from './ledger-row';

/**
 * The rows of several certificates, by their ids; those that were not issued here are missing.
 *
 * @param certificateIds - a page of them: each is a parameter of the statement
 */
export async function findMany(
  environment: string,
  certificateIds: readonly string[],
  now: Date,
): Promise<ReadonlyMap<string, LedgerRow>> {
  if (certificateIds.length === 0) return new Map();
  const stored = await database()
    .select()
    .from(issuedCertificates)
    .where(
      and(
        eq(issuedCertificates.environment, environment),
        inArray(issuedCertificates.certificateId, [...certificateIds]),
      ),
    );
  return new Map(stored.map((row) => [row.certificateId, toLedgerRow(row, now)]));
}
