/**
 * Certificates that were made elsewhere, added to the ledger.
 * @module
 */
import 'server-only';
import { X509Certificate } from 'node:crypto';
import { setImmediate as othersFirst } from 'node:timers/promises';
import { and, eq, inArray } from 'drizzle-orm';
import type { ImportedRow } from '@/lib/batch/import-file';
import { database } from '@/lib/db/database';
import { issuedCertificates } from '@/lib/db/schema/ledger';
import { type LedgerCertificate, readLedgerCertificate } from './ledger-certificate';

/** Signatures that are checked before others get a turn: some milliseconds. */
const CHECKED_AT_ONCE = 50;

/** Far below the 65 535 parameters of one statement. */
const ROWS_AT_ONCE = 500;

export type ReadRow = LedgerCertificate & { origin: 'pem' | 'csv' };

/**
 * What the ledger would keep of each row. A certificate has to be this CA's own; of a row of facts nobody can know.
 *
 * @returns in their order; undefined for what is no device certificate of this CA
 */
export async function readImport(
  rows: readonly ImportedRow[],
  caPem: string,
): Promise<(ReadRow | undefined)[]> {
  const ca = new X509Certificate(caPem);
  const read: (ReadRow | undefined)[] = [];
  for (const row of rows) {
    read.push(readRow(row, ca));
    if (read.length % CHECKED_AT_ONCE === 0) await othersFirst();
  }
  return read;
}

function readRow(row: ImportedRow, ca: X509Certificate): ReadRow | undefined {
  if ('certificate' in row) {
    const der = Buffer.from(row.certificate, 'base64');
    const certificate = readLedgerCertificate(der, { keyOrigin: 'device', signedBy: ca });
    return certificate && { ...certificate, origin: 'pem' };
  }
  const { certificateId, commonName, serial } = row;
  return {
    certificateId,
    commonName,
    serial,
    subject: { text: `CN=${commonName}`, fields: { commonName }, keyOrigin: 'device' },
    notBefore: new Date(row.notBefore),
    notAfter: new Date(row.notAfter),
    origin: 'csv',
  };
}

/** Which of these ids the ledger has. */
export async function knownIds(environment: string, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const known = new Set<string>();
  for (let at = 0; at < ids.length; at += ROWS_AT_ONCE) {
    const found = await database()
      .select({ id: issuedCertificates.certificateId })
      .from(issuedCertificates)
      .where(
        and(
          eq(issuedCertificates.environment, environment),
          inArray(issuedCertificates.certificateId, ids.slice(at, at + ROWS_AT_ONCE)),
        ),
      );
    for (const { id } of found) known.add(id);
  }
  return known;
}

/**
 * Adds the rows, all or none. Who is in the ledger by now keeps the row that is there.
 *
 * @returns how many are new
 */
export async function writeImport(
  {
    environment,
    caId,
    operator,
  }: { environment: string; caId: string; operator: { id: string; name: string } },
  rows: readonly ReadRow[],
): Promise<number> {
  return database().transaction(async (transaction) => {
    let added = 0;
    for (let at = 0; at < rows.length; at += ROWS_AT_ONCE) {
      const written = await transaction
        .insert(issuedCertificates)
        .values(
          rows.slice(at, at + ROWS_AT_ONCE).map((row) => ({
            ...row,
            environment,
            caId,
            operatorId: operator.id,
            operatorName: operator.name,
            delivery: 'delivered' as const,
            // Nobody here knows when it was made; its own word comes nearest.
            reservedAt: row.notBefore,
          })),
        )
        .onConflictDoNothing()
        .returning({ id: issuedCertificates.certificateId });
      added += written.length;
    }
    return added;
  });
}
