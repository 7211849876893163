/**
 * The settings of just-in-time registration, a document per CA.
 * @module
 */
import 'server-only';
import { and, count, eq, ne, or, sql } from 'drizzle-orm';
import { database } from '@/lib/db/database';
import { jitrSetUps } from '@/lib/db/schema/jitr';
import { issuedCertificates } from '@/lib/db/schema/ledger';

export type JitrSetUpRow = typeof jitrSetUps.$inferSelect;

export async function findJitrSetUp(environment: string, caId: string): Promise<JitrSetUpRow | undefined> {
  const [row] = await database()
    .select()
    .from(jitrSetUps)
    .where(and(eq(jitrSetUps.environment, environment), eq(jitrSetUps.caId, caId)));
  return row;
}

export async function keepJitrSetUp(row: JitrSetUpRow): Promise<void> {
  const { environment: _environment, caId: _caId, ...values } = row;
  await database()
    .insert(jitrSetUps)
    .values(row)
    .onConflictDoUpdate({ target: [jitrSetUps.environment, jitrSetUps.caId], set: values });
}

/**
 * Ids for an allow list: certificates that were issued here or brought in by a person, not yet revoked. What a sweep has found in
 * AWS is not among them: anybody who has a certificate of the CA gets that far.
 *
 * @param caId - undefined: of every CA
 * @param limit - at most so many ids; `total` says how many there are
 */
export async function allowedCertificateIds(
  environment: string,
  caId: string | undefined,
  limit: number,
): Promise<{ ids: string[]; total: number }> {
  const { certificateId, lastSeenState, origin } = issuedCertificates;
  const wanted = and(
    eq(issuedCertificates.environment, environment),
    caId === undefined ? undefined : eq(issuedCertificates.caId, caId),
    ne(origin, 'sweep'),
    or(sql`${lastSeenState} is null`, ne(lastSeenState, 'REVOKED')),
  );
  const [counted] = await database().select({ total: count() }).from(issuedCertificates).where(wanted);
  const rows = await database()
    .select({ certificateId })
    .from(issuedCertificates)
    .where(wanted)
    .orderBy(certificateId)
    .limit(limit);
  return { ids: rows.map((row) => row.certificateId), total: counted?.total ?? 0 };
}
