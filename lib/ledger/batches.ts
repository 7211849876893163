/**
 * Batches of devices: begun by a page, ended by its word.
 * @module
 */
import 'server-only';
import { and, count, desc, eq, inArray, sql } from 'drizzle-orm';
import { database } from '@/lib/db/database';
import { issuanceBatches } from '@/lib/db/schema/batches';
import { issuedCertificates } from '@/lib/db/schema/ledger';
import type { Failure } from '@/lib/failure';
import { fail, ok, type Result } from '@/lib/result';

export type Batch = typeof issuanceBatches.$inferSelect;

/** More than anybody has open at a time; the list of a page is no archive. */
const OPEN_BATCHES_MAX = 50;

/**
 * Makes the batch's row. Repeating it answers with the row that is there, so a lost answer may be asked for again.
 *
 * @returns `conflict` (reason `batch-ended`) when it is another's, differs, or is over
 */
export async function beginBatch(
  begun: Omit<Batch, 'state' | 'manifestSha256' | 'createdAt' | 'endedAt'>,
  now: Date,
): Promise<Result<Batch, Failure>> {
  await database()
    .insert(issuanceBatches)
    .values({ ...begun, state: 'open', createdAt: now })
    .onConflictDoNothing();
  const row = await findBatch(begun.environment, begun.id);
  if (row === undefined) throw new Error('a batch vanished while it was begun');
  const isSame =
    row.operatorId === begun.operatorId && row.caId === begun.caId && row.devices === begun.devices;
  return isSame && row.state === 'open' ? ok(row) : fail({ kind: 'conflict', reason: 'batch-ended' });
}

export async function findBatch(environment: string, id: string): Promise<Batch | undefined> {
  const [row] = await database().select().from(issuanceBatches).where(key(environment, id));
  return row;
}

/** Begun and neither delivered nor given up, newest first, with how many of their devices stand in the ledger. */
export async function openBatches(environment: string): Promise<(Batch & { reserved: number })[]> {
  const rows = await database()
    .select()
    .from(issuanceBatches)
    .where(and(eq(issuanceBatches.environment, environment), eq(issuanceBatches.state, 'open')))
    .orderBy(desc(issuanceBatches.createdAt))
    .limit(OPEN_BATCHES_MAX);
  if (rows.length === 0) return [];
  const counted = await database()
    .select({ batch: issuedCertificates.batch, reserved: count() })
    .from(issuedCertificates)
    .where(
      and(
        eq(issuedCertificates.environment, environment),
        inArray(
          issuedCertificates.batch,
          rows.map(({ id }) => id),
        ),
      ),
    )
    .groupBy(issuedCertificates.batch);
  const reservedOf = new Map(counted.map(({ batch, reserved }) => [batch, reserved]));
  return rows.map((row) => ({ ...row, reserved: reservedOf.get(row.id) ?? 0 }));
}

export async function countDevices(environment: string, batch: string): Promise<number> {
  const [row] = await database()
    .select({ devices: count() })
    .from(issuedCertificates)
    .where(and(eq(issuedCertificates.environment, environment), eq(issuedCertificates.batch, batch)));
  return row?.devices ?? 0;
}

/** The person has it all: rows and batch in one transaction. Confirming twice keeps the first time. */
export async function deliverBatch(
  { environment, id }: Pick<Batch, 'environment' | 'id'>,
  manifestSha256: string,
  now: Date,
): Promise<void> {
  await endBatch(
    { environment, id },
    { state: 'delivered', manifestSha256, endedAt: now },
    { deliveredAt: now },
  );
}

/** Nobody knows what became of its bundles: its devices are listed as not confirmed. */
export async function giveUpBatch(
  { environment, id }: Pick<Batch, 'environment' | 'id'>,
  now: Date,
): Promise<void> {
  await endBatch({ environment, id }, { state: 'given-up', manifestSha256: null, endedAt: now }, {});
}

async function endBatch(
  { environment, id }: Pick<Batch, 'environment' | 'id'>,
  ended: Pick<Batch, 'state' | 'manifestSha256' | 'endedAt'>,
  { deliveredAt }: { deliveredAt?: Date },
): Promise<void> {
  await database().transaction(async (transaction) => {
    const changed = await transaction
      .update(issuanceBatches)
      .set(ended)
      .where(and(key(environment, id), eq(issuanceBatches.state, 'open')))
      .returning({ id: issuanceBatches.id });
    if (changed.length === 0) return;
    await transaction
      .update(issuedCertificates)
      .set(deliveredAt === undefined ? { delivery: 'not-confirmed' } : { delivery: 'delivered', deliveredAt })
      .where(
        and(
          eq(issuedCertificates.environment, environment),
          eq(issuedCertificates.batch, id),
          sql`${issuedCertificates.deliveredAt} is null`,
        ),
      );
  });
}

function key(environment: string, id: string) {
  return and(eq(issuanceBatches.environment, environment), eq(issuanceBatches.id, id));
}
