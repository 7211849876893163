/**
 * Reading the ledger.
 * @module
 */
import 'server-only';
import { and, desc, eq } from 'drizzle-orm';
import { database } from '@/lib/db/database';
import { issuedCertificates } from '@/lib/db/schema/ledger';
import { type LedgerRow, toLedgerRow } from './ledger-row';

export async function find(
  environment: string,
  certificateId: string,
  now = new Date(),
): Promise<LedgerRow | undefined> {
  const [row] = await database()
    .select()
    .from(issuedCertificates)
    .where(
      and(
        eq(issuedCertificates.environment, environment),
        eq(issuedCertificates.certificateId, certificateId),
      ),
    );
  return row && toLedgerRow(row, now);
}

/** The certificates that were issued last, newest first. */
export async function newest(environment: string, limit: number, now = new Date()): Promise<LedgerRow[]> {
  const stored = await database()
    .select()
    .from(issuedCertificates)
    .where(eq(issuedCertificates.environment, environment))
    .orderBy(desc(issuedCertificates.reservedAt), desc(issuedCertificates.certificateId))
    .limit(limit);
  return stored.map((row) => toLedgerRow(row, now));
}
