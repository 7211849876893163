/**
 * How batches end: by the word of the page that wrote them out, or of a person who gives them up. The first word stands.
 * @module
 */
import 'server-only';
import { and, eq, isNull, ne, notInArray } from 'drizzle-orm';
import { database } from '@/lib/db/database';
import { issuanceBatches } from '@/lib/db/schema/batches';
import { issuedCertificates } from '@/lib/db/schema/ledger';
import { type Batch, countDevices, findBatch } from './batches';
import { changeBatchRows } from './change-batch-rows';
import { replaceFormer } from './issued-again';
import { replaceMadeAnew } from './made-anew';

type Key = Pick<Batch, 'environment' | 'id'>;

/**
 * The person has it all. The first word on how a batch ends stands: confirming twice keeps its time and digest.
 *
 * @returns how many devices of former batches it replaced; undefined where it is not delivered: somebody gave it up, or there is none
 */
export async function deliverBatch(
  key: Key,
  manifestSha256: string,
  now: Date,
): Promise<{ replaced: number } | undefined> {
  await noteWord(key, { manifestSha256, endedAt: now });
  const ended = await finishEnding(key, now);
  return ended?.state === 'delivered' ? { replaced: ended.replaced } : undefined;
}

/**
 * Nobody knows what became of its bundles: its devices are listed as not confirmed.
 *
 * @returns whether it is given up now; false: it was delivered, or there is none
 */
export async function giveUpBatch(key: Key, now: Date): Promise<boolean> {
  await noteWord(key, { manifestSha256: null, endedAt: now });
  return (await finishEnding(key, now))?.state === 'given-up';
}

async function noteWord(
  { environment, id }: Key,
  word: Pick<Batch, 'manifestSha256' | 'endedAt'>,
): Promise<void> {
  await database()
    .update(issuanceBatches)
    .set(word)
    .where(and(isBatch(environment, id), eq(issuanceBatches.state, 'open'), isNull(issuanceBatches.endedAt)));
}

/**
 * Changes the rows as the noted word wants it, and closes the batch last. One whose rows were not all reached, as the process ended, is
 * still open with its word: whoever ends it next, in whatever way, or calls this, finishes what was begun. Repeating it is harmless.
 *
 * @returns how it ended, by the first word, and how many devices of former batches it replaced just now; undefined where nobody has
 *   said how it ends, or there is none
 */
export async function finishEnding(
  { environment, id }: Key,
  now: Date,
): Promise<{ state: 'delivered' | 'given-up'; replaced: number } | undefined> {
  const batch = await findBatch(environment, id);
  if (batch === undefined) return undefined;
  if (batch.state !== 'open') return { state: batch.state, replaced: 0 };
  const state = endOf(batch);
  if (state === undefined) return undefined;
  const { delivery, deliveredAt } = issuedCertificates;
  // Before the others are delivered. Rows in excess are rare, and looking for them reads all.
  if (state === 'delivered' && (await countDevices(environment, id)) > batch.devices) {
    await replaceMadeAnew({ environment, batch: id });
  }
  await changeBatchRows(
    { environment, batch: id },
    and(
      isNull(deliveredAt),
      state === 'delivered' ? notInArray(delivery, ['delivered', 'replaced']) : ne(delivery, 'not-confirmed'),
    ),
    state === 'delivered'
      ? { delivery: 'delivered', deliveredAt: batch.endedAt }
      : { delivery: 'not-confirmed' },
  );
  const replaced = state === 'delivered' ? await replaceFormer({ environment, batch: id }, now) : 0;
  await database().update(issuanceBatches).set({ state }).where(isBatch(environment, id));
  return { state, replaced };
}

/** How somebody said that it ends, whether or not all its rows say so yet. */
export function endOf({
  manifestSha256,
  endedAt,
}: Pick<Batch, 'manifestSha256' | 'endedAt'>): 'delivered' | 'given-up' | undefined {
  if (endedAt === null) return undefined;
  return manifestSha256 === null ? 'given-up' : 'delivered';
}

function isBatch(environment: string, id: string) {
  return and(eq(issuanceBatches.environment, environment), eq(issuanceBatches.id, id));
}
