/**
 * Reading the ledger.
 * @module
 */
import 'server-only';
import { and, asc, count, desc, eq, like, lt, or, sql } from 'drizzle-orm';
import { z } from 'zod';
import { database } from '@/lib/db/database';
import { issuedCertificates } from '@/lib/db/schema/ledger';
import { type LedgerRow, toLedgerRow } from './ledger-row';

/** A page is rendered as a table on the server, which is slow beyond this. */
export const LEDGER_PAGE_MAX = 100;

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

export type LedgerQuery = {
  /** The beginning of a common name or of a certificate id. */
  query?: string | undefined;
  /** What the page before gave as `next`; one that cannot be read counts as none. */
  cursor?: string | undefined;
  pageSize: number;
};

/** Issued certificates, newest first. */
export async function list(
  environment: string,
  { query, cursor, pageSize }: LedgerQuery,
  now = new Date(),
): Promise<{ rows: LedgerRow[]; next: string | undefined }> {
  const size = Math.min(pageSize, LEDGER_PAGE_MAX);
  const after = cursor === undefined ? undefined : parseCursor(cursor);
  const stored = await database()
    .select()
    .from(issuedCertificates)
    .where(
      and(
        eq(issuedCertificates.environment, environment),
        query ? beginsWith(query) : undefined,
        after && isBehind(after),
      ),
    )
    .orderBy(desc(issuedCertificates.reservedAt), asc(issuedCertificates.certificateId))
    .limit(size + 1);
  const rows = stored.slice(0, size).map((row) => toLedgerRow(row, now));
  const last = rows.at(-1);
  return { rows, next: stored.length > size && last ? printCursor(last) : undefined };
}

export type LedgerCounts = {
  issued: number;
  delivered: number;
  notDelivered: number;
  neverSeen: number;
  active: number;
};

/** How many certificates were issued, delivered, and seen in AWS by what was last heard. */
export async function counts(environment: string): Promise<LedgerCounts> {
  const filtered = (condition: ReturnType<typeof sql>) =>
    sql<number>`count(*) filter (where ${condition})`.mapWith(Number);
  const { delivery, lastSeenAt, lastSeenState } = issuedCertificates;
  const [row] = await database()
    .select({
      issued: count(),
      delivered: filtered(sql`${delivery} = 'delivered'`),
      notDelivered: filtered(sql`${delivery} <> 'delivered'`),
      neverSeen: filtered(sql`${lastSeenAt} is null`),
      active: filtered(sql`${lastSeenState} = 'ACTIVE'`),
    })
    .from(issuedCertificates)
    .where(eq(issuedCertificates.environment, environment));
  return row ?? { issued: 0, delivered: 0, notDelivered: 0, neverSeen: 0, active: 0 };
}

function beginsWith(query: string) {
  // PostgreSQL keeps no zero byte in a text and refuses to compare with one (its manual, "Character Types").
  if (query.includes('\0')) return sql`false`;
  const prefix = `${query.replaceAll(/[\\%_]/g, '\\$&')}%`;
  return or(
    like(issuedCertificates.commonName, prefix),
    like(issuedCertificates.certificateId, prefix.toLowerCase()),
  );
}

type Position = { reservedAt: Date; certificateId: string };

function isBehind({ reservedAt, certificateId }: Position) {
  return or(
    lt(issuedCertificates.reservedAt, reservedAt),
    and(
      eq(issuedCertificates.reservedAt, reservedAt),
      sql`${issuedCertificates.certificateId} > ${certificateId}`,
    ),
  );
}

const cursorSchema = z.tuple([z.coerce.date(), z.string().regex(/^[0-9a-f]{64}$/)]);

function printCursor({ reservedAt, certificateId }: Position): string {
  return `${reservedAt.toISOString()}_${certificateId}`;
}

function parseCursor(cursor: string): Position | undefined {
  const parsed = cursorSchema.safeParse(cursor.split('_'));
  return parsed.success ? { reservedAt: parsed.data[0], certificateId: parsed.data[1] } : undefined;
}
