/**
 * How far the devices of batches have come.
 * @module
 */
import 'server-only';
import { and, asc, count, desc, eq, gt, inArray, isNull, lt, or, sql } from 'drizzle-orm';
import { readBounded } from '@/lib/db/bounded-read';
import { database } from '@/lib/db/database';
import { issuanceBatches } from '@/lib/db/schema/batches';
import { issuedCertificates } from '@/lib/db/schema/ledger';
import type { Batch } from './batches';
import { changeBatchRows } from './change-batch-rows';
import { type LedgerRow, RESERVATION_TIMEOUT_MS, toLedgerRow } from './ledger-row';

export type Funnel = {
  issued: number;
  delivered: number;
  /** AWS has seen it, in whatever state it is now. */
  contacted: number;
  /** By what AWS last said. */
  active: number;
  /** Of the issued ones: nobody knows whether anyone has the bundle. */
  notConfirmed: number;
};

/** As {@link toLedgerRow} tells it: an old reservation counts as not confirmed. */
const isNotConfirmed = (now: Date) =>
  or(
    eq(issuedCertificates.delivery, 'not-confirmed'),
    and(
      eq(issuedCertificates.delivery, 'reserved'),
      lt(issuedCertificates.reservedAt, new Date(now.getTime() - RESERVATION_TIMEOUT_MS)),
    ),
  );

/** @returns undefined when the batch is too large to be counted in time */
export async function funnelOf(environment: string, id: string, now: Date): Promise<Funnel | undefined> {
  const { delivery, lastSeenState, batch } = issuedCertificates;
  const filtered = (condition: ReturnType<typeof and>) =>
    sql<number>`count(*) filter (where ${condition})`.mapWith(Number);
  const counted = await readBounded((transaction) =>
    transaction
      .select({
        issued: count(),
        delivered: filtered(eq(delivery, 'delivered')),
        contacted: count(lastSeenState),
        active: filtered(eq(lastSeenState, 'ACTIVE')),
        notConfirmed: filtered(isNotConfirmed(now)),
      })
      .from(issuedCertificates)
      .where(and(eq(issuedCertificates.environment, environment), eq(batch, id))),
  );
  return counted.ok ? counted.value[0] : undefined;
}

export type ListedBatch = Batch & { funnel: Funnel | undefined };

/** @param before - what the page before gave as `next` */
export async function listBatches(
  environment: string,
  { before, limit, now }: { before: { createdAt: Date; id: string } | undefined; limit: number; now: Date },
): Promise<{ batches: ListedBatch[]; next: { createdAt: Date; id: string } | undefined }> {
  const { createdAt, id } = issuanceBatches;
  const rows = await database()
    .select()
    .from(issuanceBatches)
    .where(
      and(
        eq(issuanceBatches.environment, environment),
        before &&
          or(lt(createdAt, before.createdAt), and(eq(createdAt, before.createdAt), gt(id, before.id))),
      ),
    )
    .orderBy(desc(createdAt), asc(id))
    .limit(limit + 1);
  const shown = rows.slice(0, limit);
  const batches: ListedBatch[] = [];
  // One after the other, so that others have their turns between them.
  for (const row of shown) batches.push({ ...row, funnel: await funnelOf(environment, row.id, now) });
  return {
    batches,
    next: rows.length > limit ? shown.at(-1) : undefined,
  };
}

/** Devices of a batch of which nobody knows whether anyone has their bundle, by id. */
export async function notConfirmed(
  environment: string,
  batch: string,
  { after, limit, now }: { after: string | undefined; limit: number; now: Date },
): Promise<LedgerRow[]> {
  const rows = await database()
    .select()
    .from(issuedCertificates)
    .where(
      and(
        eq(issuedCertificates.environment, environment),
        eq(issuedCertificates.batch, batch),
        isNotConfirmed(now),
        after === undefined ? undefined : gt(issuedCertificates.certificateId, after),
      ),
    )
    .orderBy(asc(issuedCertificates.certificateId))
    .limit(limit);
  return rows.map((row) => toLedgerRow(row, now));
}

/**
 * A person says that the bundles did arrive.
 *
 * @param certificateIds - of the batch; undefined: all that are not confirmed
 * @returns how many were not confirmed until now
 */
export async function confirmDevices(
  { environment, batch }: { environment: string; batch: string },
  certificateIds: readonly string[] | undefined,
  now: Date,
): Promise<number> {
  return changeBatchRows(
    { environment, batch },
    and(
      isNotConfirmed(now),
      isNull(issuedCertificates.deliveredAt),
      certificateIds && inArray(issuedCertificates.certificateId, [...certificateIds]),
    ),
    { delivery: 'delivered', deliveredAt: now },
  );
}
