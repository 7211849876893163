/**
 * Batches of devices: begun by a page, ended by its word.
 * @module
 */
import 'server-only';
import { and, count, desc, eq, inArray, isNull, ne } from 'drizzle-orm';
import { database } from '@/lib/db/database';
import { issuanceBatches } from '@/lib/db/schema/batches';
import { issuedCertificates } from '@/lib/db/schema/ledger';
import type { Failure } from '@/lib/failure';
import { fail, ok, type Result } from '@/lib/result';
import { changeBatchRows } from './change-batch-rows';

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
  // Being given up is over, too: rows that came now would be missed.
  const isOpen = row.state === 'open' && (row.endedAt === null || row.manifestSha256 !== null);
  return isSame && isOpen ? ok(row) : fail({ kind: 'conflict', reason: 'batch-ended' });
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

/**
 * The person has it all. The first word on how a batch ends stands: confirming twice keeps its time and digest.
 *
 * @returns whether it is delivered now; false: somebody gave it up, or there is none
 */
export async function deliverBatch(
  key: Pick<Batch, 'environment' | 'id'>,
  manifestSha256: string,
  now: Date,
): Promise<boolean> {
  return (await endBatch(key, { manifestSha256, endedAt: now })) === 'delivered';
}

/**
 * Nobody knows what became of its bundles: its devices are listed as not confirmed.
 *
 * @returns whether it is given up now; false: it was delivered, or there is none
 */
export async function giveUpBatch(key: Pick<Batch, 'environment' | 'id'>, now: Date): Promise<boolean> {
  return (await endBatch(key, { manifestSha256: null, endedAt: now })) === 'given-up';
}

/**
 * Notes the word, changes the rows, and closes the batch last. One whose rows were not all reached, as the process ended, is still open
 * with its word: whoever ends it next, in whatever way, finishes what was begun.
 *
 * @param word - with a manifest: delivered
 * @returns how it ended, by the first word
 */
async function endBatch(
  { environment, id }: Pick<Batch, 'environment' | 'id'>,
  word: Pick<Batch, 'manifestSha256' | 'endedAt'>,
): Promise<Batch['state'] | undefined> {
  await database()
    .update(issuanceBatches)
    .set(word)
    .where(and(key(environment, id), eq(issuanceBatches.state, 'open'), isNull(issuanceBatches.endedAt)));
  const batch = await findBatch(environment, id);
  if (batch?.state !== 'open') return batch?.state;
  const state = batch.manifestSha256 === null ? 'given-up' : 'delivered';
  const { delivery, deliveredAt } = issuedCertificates;
  await changeBatchRows(
    { environment, batch: id },
    and(isNull(deliveredAt), ne(delivery, state === 'delivered' ? 'delivered' : 'not-confirmed')),
    state === 'delivered'
      ? { delivery: 'delivered', deliveredAt: batch.endedAt }
      : { delivery: 'not-confirmed' },
  );
  await database().update(issuanceBatches).set({ state }).where(key(environment, id));
  return state;
}

function key(environment: string, id: string) {
  return and(eq(issuanceBatches.environment, environment), eq(issuanceBatches.id, id));
}
