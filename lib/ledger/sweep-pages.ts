/**
 * What a sweep writes into the ledger, inside the transaction of its step.
 * @module
 */
import 'server-only';
import { and, count, eq, inArray, sql } from 'drizzle-orm';
import { database, type Transaction } from '@/lib/db/database';
import { issuedCertificates } from '@/lib/db/schema/ledger';
import { unreadCertificates } from '@/lib/db/schema/sweeps';
import type { LedgerCertificate } from './ledger-certificate';
import { DELETED_STATE, recordAllSeen, type SeenCertificate } from './record-seen';

/** The `caId` of a certificate of no CA that AWS names: it was registered without one, or AWS made it. */
export const NO_CA = '';

/** The page of a list: known certificates get their state, unknown ones are noted to be read. */
export async function writeListed(
  transaction: Transaction,
  { environment, caId }: { environment: string; caId: string },
  listed: readonly SeenCertificate[],
  at: Date,
): Promise<{ changed: number }> {
  if (listed.length === 0) return { changed: 0 };
  const rows = await transaction
    .select({ id: issuedCertificates.certificateId, state: issuedCertificates.lastSeenState })
    .from(issuedCertificates)
    .where(
      and(
        eq(issuedCertificates.environment, environment),
        inArray(
          issuedCertificates.certificateId,
          listed.map(({ certificateId }) => certificateId),
        ),
      ),
    );
  const stateOf = new Map(rows.map(({ id, state }) => [id, state]));
  const known = listed.filter(({ certificateId }) => stateOf.has(certificateId));
  await recordAllSeen(environment, known, { at, source: 'sweep' }, transaction);
  const unknown = listed.filter(({ certificateId }) => !stateOf.has(certificateId));
  if (unknown.length > 0) {
    await transaction
      .insert(unreadCertificates)
      .values(
        unknown.map(({ certificateId }) => ({
          environment,
          certificateId,
          caId,
          reason: 'unknown' as const,
          foundAt: at,
        })),
      )
      .onConflictDoNothing();
  }
  return { changed: known.filter(({ certificateId, state }) => stateOf.get(certificateId) !== state).length };
}

/** Whose certificates a list has: those of one CA, or of all but these. */
type ListedCas = { caId: string } | { allBut: readonly string[] };

/** Notes the certificates that AWS had and did not list since `since`. Whether they are gone is asked one by one. */
export async function noteMissing(
  transaction: Transaction,
  { environment, ...listed }: ListedCas & { environment: string },
  { since, at }: { since: Date; at: Date },
): Promise<void> {
  const isListed =
    'caId' in listed
      ? sql`ca_id = ${listed.caId}`
      : sql`ca_id not in (select jsonb_array_elements_text(${JSON.stringify(listed.allBut)}::jsonb))`;
  await transaction.execute(sql`
    insert into unread_certificates (environment, certificate_id, ca_id, reason, found_at)
    select environment, certificate_id, ca_id, 'missing', ${at.toISOString()}::timestamptz
    from issued_certificates
    where environment = ${environment} and ${isListed}
      and last_seen_state <> ${DELETED_STATE} and last_seen_at < ${since.toISOString()}::timestamptz
    on conflict do nothing`);
}

export type UnreadCertificate = typeof unreadCertificates.$inferSelect;

/** The next ones to read, behind the one that was read last. */
export async function nextUnread(
  environment: string,
  { after, limit }: { after: string | null; limit: number },
): Promise<UnreadCertificate[]> {
  return database()
    .select()
    .from(unreadCertificates)
    .where(
      and(
        eq(unreadCertificates.environment, environment),
        sql`${unreadCertificates.certificateId} > ${after ?? ''}`,
      ),
    )
    .orderBy(unreadCertificates.certificateId)
    .limit(limit);
}

export async function countUnread(environment: string): Promise<number> {
  const [row] = await database()
    .select({ unread: count() })
    .from(unreadCertificates)
    .where(eq(unreadCertificates.environment, environment));
  return row?.unread ?? 0;
}

/** What AWS answered for one certificate. `certificate` is undefined where its text cannot be read. */
export type ReadCertificate = SeenCertificate & {
  caId: string;
  certificate: LedgerCertificate | undefined;
};

/**
 * Adds what was read to the ledger, and takes it off the list. Who is in the ledger by now keeps the row that is there.
 *
 * @returns how many rows are new
 */
export async function writeRead(
  transaction: Transaction,
  environment: string,
  read: readonly ReadCertificate[],
  at: Date,
): Promise<{ added: number }> {
  if (read.length === 0) return { added: 0 };
  const rows = read.flatMap(({ certificate, caId }) =>
    certificate === undefined
      ? []
      : [
          {
            ...certificate,
            environment,
            caId,
            operatorId: '',
            operatorName: '',
            delivery: 'delivered' as const,
            // Nobody here knows when it was made; its own word comes nearest.
            reservedAt: certificate.notBefore,
            origin: 'sweep' as const,
          },
        ],
  );
  const added =
    rows.length === 0
      ? []
      : await transaction
          .insert(issuedCertificates)
          .values(rows)
          .onConflictDoNothing()
          .returning({ id: issuedCertificates.certificateId });
  await recordAllSeen(environment, read, { at, source: 'sweep' }, transaction);
  await transaction.delete(unreadCertificates).where(
    and(
      eq(unreadCertificates.environment, environment),
      inArray(
        unreadCertificates.certificateId,
        read.map(({ certificateId }) => certificateId),
      ),
    ),
  );
  return { added: added.length };
}
