/**
 * Reads that people ask for, bounded so that nobody's question keeps the others waiting.
 * @module
 */
import 'server-only';
import { DrizzleQueryError, sql } from 'drizzle-orm';
import { settings } from '@/lib/config/settings';
import type { Failure } from '@/lib/failure';
import { fail, ok, type Result } from '@/lib/result';
import { type Database, database, type Transaction } from './database';
import { Lanes } from './lanes';

/**
 * A statement is cut after this. The embedded database runs one statement at a time, so this is also what a sign-in waits for at most;
 * searches of a million rows take a tenth.
 */
export const STATEMENT_TIMEOUT_MS = 2_000;

/** Who would wait longer for the reads before is told so. */
const WAIT_MAX_MS = 5_000;

/** The embedded database has one session; of a pool of ten half stays for everything else. */
const LANES = { embedded: 1, server: 5 };

/** PostgreSQL's manual, appendix A: `query_canceled`. */
const QUERY_CANCELED = '57014';

type Holder = typeof globalThis & { jitpConsoleLanes?: Lanes };
const holder: Holder = globalThis;

function lanes(): Lanes {
  holder.jitpConsoleLanes ??= new Lanes(
    settings().databaseUrl === undefined ? LANES.embedded : LANES.server,
    WAIT_MAX_MS,
  );
  return holder.jitpConsoleLanes;
}

/**
 * Runs a short read in a transaction of its own, whose statements are cut after {@link STATEMENT_TIMEOUT_MS}. Between two of them
 * others have their turn, so long work is to be made of many.
 *
 * @returns `statement-timeout` when a statement was cut, or none could begin in time
 */
export async function readBounded<Value>(
  read: (transaction: Transaction) => Promise<Value>,
  { timeoutMs = STATEMENT_TIMEOUT_MS, from = database() }: { timeoutMs?: number; from?: Database } = {},
): Promise<Result<Value, Failure>> {
  const release = await lanes().enter();
  if (release === undefined) return fail({ kind: 'statement-timeout' });
  try {
    const value = await from.transaction(
      async (transaction) => {
        // Sets no parameter: the embedded database reads this very text (scripts/children/bounded-statements.mjs).
        await transaction.execute(sql.raw(`set local statement_timeout = ${timeoutMs}`));
        return read(transaction);
      },
      { accessMode: 'read only' },
    );
    return ok(value);
  } catch (error) {
    if (wasCut(error)) return fail({ kind: 'statement-timeout' });
    throw error;
  } finally {
    release();
  }
}

function wasCut(error: unknown): boolean {
  const cause = error instanceof DrizzleQueryError ? error.cause : error;
  return cause instanceof Error && 'code' in cause && cause.code === QUERY_CANCELED;
}
