/**
 * How far the devices of batches have come.
 * @module
 */
import 'server-only';
import { and, asc, count, desc, eq, gt, lt, or, sql } from 'drizzle-orm';
import { readBounded } from '@/lib/db/bounded-read';
import { database } from '@/lib/db/database';
import { issuanceBatches } from '@/lib/db/schema/batches';
import { issuedCertificates } from '@/lib/db/schema/ledger';
import type { Batch, BatchPosition } from './batches';
import { hasDelivery } from './delivery';

export type Funnel = {
  issued: number;
  delivered: number;
  /** AWS has it, in whatever state: by its first contact, or because somebody registered it before. The two leave the same row. */
  contacted: number;
  /** By what AWS last said. */
  active: number;
  /** Of the issued ones: nobody knows whether anyone has the bundle. */
  notConfirmed: number;
};

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
        notConfirmed: filtered(hasDelivery('not-confirmed', now)),
      })
      .from(issuedCertificates)
      .where(and(eq(issuedCertificates.environment, environment), eq(batch, id))),
  );
  return counted.ok ? counted.value[0] : undefined;
}

export type ListedBatch = Batch & { funnel: Funnel | undefined };

/**
 * @param before - what the page before gave as `next`
 * @param state - undefined: whatever became of them
 */
export async function listBatches(
  environment: string,
  {
    before,
    limit,
    now,
    state,
  }: { before: BatchPosition | undefined; limit: number; now: Date; state?: Batch['state'] | undefined },
): Promise<{ batches: ListedBatch[]; next: BatchPosition | undefined }> {
  const { createdAt, id } = issuanceBatches;
  const rows = await database()
    .select()
    .from(issuanceBatches)
    .where(
      and(
        eq(issuanceBatches.environment, environment),
        state && eq(issuanceBatches.state, state),
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
