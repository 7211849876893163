/**
 * Batches of devices: what was begun, and what is still open. `end-batch.ts` ends them.
 * @module
 */
import 'server-only';
import { and, asc, count, desc, eq, gte, inArray, isNotNull, isNull, lt, or, type SQL } from 'drizzle-orm';
import { database } from '@/lib/db/database';
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
 */
export async function openBatches(
  environment: string,
  { caId, from, limit }: { caId: string | undefined; from: BatchPosition | undefined; limit: number },
): Promise<OpenBatches> {
  const { createdAt, id, state, endedAt } = issuanceBatches;
  const isOpen = and(
    eq(issuanceBatches.environment, environment),
    eq(state, 'open'),
    isNull(endedAt),
    caId === undefined ? undefined : eq(issuanceBatches.caId, caId),
  );
  const [[counted], read] = await Promise.all([
    database().select({ batches: count() }).from(issuanceBatches).where(isOpen),
    database()
      .select()
      .from(issuanceBatches)
      .where(
        and(
          isOpen,
          from && or(lt(createdAt, from.createdAt), and(eq(createdAt, from.createdAt), gte(id, from.id))),
        ),
      )
      .orderBy(desc(createdAt), asc(id))
      .limit(limit + 1),
  ]);
  const rows = read.slice(0, limit);
  return {
    batches: await withReserved(environment, rows),
    count: counted?.batches ?? 0,
    next: read[limit],
  };
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

async function withReserved(environment: string, rows: readonly Batch[]): Promise<OpenBatches['batches']> {
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

function key(environment: string, id: string) {
  return and(eq(issuanceBatches.environment, environment), eq(issuanceBatches.id, id));
}
