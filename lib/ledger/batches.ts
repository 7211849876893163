/**
 * Batches of devices: what was begun, and what is still open. `end-batch.ts` ends them.
 * @module
 */
import 'server-only';
import { and, asc, count, desc, eq, gte, isNotNull, isNull, lt, or, type SQL } from 'drizzle-orm';
import { readBounded } from '@/lib/db/bounded-read';
import { type Database, database, type Transaction } from '@/lib/db/database';
import { issuanceBatches } from '@/lib/db/schema/batches';
import { issuedCertificates } from '@/lib/db/schema/ledger';
import type { Failure } from '@/lib/failure';
import { fail, ok, type Result } from '@/lib/result';

export type Batch = typeof issuanceBatches.$inferSelect;

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

/** Where a page of batches begins. */
export type BatchPosition = Pick<Batch, 'createdAt' | 'id'>;

export type OpenBatches = {
  batches: (Batch & { reserved: number })[];
  /** Of all pages. */
  count: number;
  /** Where the page behind this one begins; undefined on the last. */
  next: BatchPosition | undefined;
};

/**
 * Begun, and nobody has said how they end; newest first, with how many of their devices stand in the ledger.
 *
 * @param caId - undefined: of all CAs
 * @param from - the first that is wanted; undefined: the newest
 * @returns `statement-timeout` when their devices could not be counted in time
 */
export async function openBatches(
  environment: string,
  { caId, from, limit }: { caId: string | undefined; from: BatchPosition | undefined; limit: number },
): Promise<Result<OpenBatches, Failure>> {
  const { createdAt, id, state, endedAt } = issuanceBatches;
  const isOpen = and(
    eq(issuanceBatches.environment, environment),
    eq(state, 'open'),
    isNull(endedAt),
    caId === undefined ? undefined : eq(issuanceBatches.caId, caId),
  );
  const listed = await readBounded(async (transaction) => {
    const [counted] = await transaction.select({ batches: count() }).from(issuanceBatches).where(isOpen);
    const read = await transaction
      .select()
      .from(issuanceBatches)
      .where(
        and(
          isOpen,
          from && or(lt(createdAt, from.createdAt), and(eq(createdAt, from.createdAt), gte(id, from.id))),
        ),
      )
      .orderBy(desc(createdAt), asc(id))
      .limit(limit + 1);
    return { read, batches: counted?.batches ?? 0 };
  });
  if (!listed.ok) return listed;
  const { read } = listed.value;
  const batches: OpenBatches['batches'] = [];
  // One after the other: others have their turns between, and each has the whole time of a statement.
  for (const row of read.slice(0, limit)) {
    const reserved = await countReserved(environment, row.id);
    if (!reserved.ok) return reserved;
    batches.push({ ...row, reserved: reserved.value });
  }
  return ok({ batches, count: listed.value.batches, next: read[limit] });
}

/** More are not to be finished by one page; the next one goes on. */
const INTERRUPTED_MAX = 100;

/** Open batches of an operator, and those of anybody whose end was noted and not finished, as the process ended. */
export async function interruptedBatches(
  environment: string,
  operatorId: string,
): Promise<{ own: string[]; noted: string[] }> {
  const { id, state, endedAt, createdAt } = issuanceBatches;
  const isOpen = and(eq(issuanceBatches.environment, environment), eq(state, 'open'));
  const idsOf = async (condition: SQL) => {
    const rows = await database()
      .select({ id })
      .from(issuanceBatches)
      .where(and(isOpen, condition))
      .orderBy(desc(createdAt))
      .limit(INTERRUPTED_MAX);
    return rows.map((row) => row.id);
  };
  const [own, noted] = await Promise.all([
    idsOf(eq(issuanceBatches.operatorId, operatorId)),
    idsOf(isNotNull(endedAt)),
  ]);
  return { own, noted };
}

const countReserved = (environment: string, batch: string) =>
  readBounded((transaction) => countDevices(environment, batch, transaction));

export async function countDevices(
  environment: string,
  batch: string,
  from: Database | Transaction = database(),
): Promise<number> {
  const [row] = await from
    .select({ devices: count() })
    .from(issuedCertificates)
    .where(and(eq(issuedCertificates.environment, environment), eq(issuedCertificates.batch, batch)));
  return row?.devices ?? 0;
}

function key(environment: string, id: string) {
  return and(eq(issuanceBatches.environment, environment), eq(issuanceBatches.id, id));
}
