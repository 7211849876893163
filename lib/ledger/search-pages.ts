/**
 * Pages of the ledger under any filter, by key: no page costs more than the first, and every row is on exactly one of them.
 *
 * Four ways, so that a million rows stay under a tenth of a second whatever is asked for:
 * - A single filter with an index that ends in the time of issue is read along that index, newest first.
 * - A period of expiry alone is read along its index, soonest first.
 * - Any other filter that few rows fit is answered by bitmaps of its indexes, and what fits is sorted, newest first.
 * - Where many rows fit, nobody knows where along the time they lie (all of them may be the oldest), so the rows are read in the order
 *   of their ids. Those are hashes: whatever fits is spread evenly among them.
 * The first rows by id are also an honest sample, which says how many fit.
 * @module
 */
import 'server-only';
import { and, asc, count, desc, eq, gt, lte, max, type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import { readBounded } from '@/lib/db/bounded-read';
import type { Transaction } from '@/lib/db/database';
import { issuedCertificates } from '@/lib/db/schema/ledger';
import type { Failure } from '@/lib/failure';
import { parseCertificateLookup } from '@/lib/registry/certificate-lookup';
import { fail, ok, type Result } from '@/lib/result';
import { counts } from './counts';
import { type LedgerRow, toLedgerRow } from './ledger-row';
import { conditionsOf, type LedgerFilter, NEVER_SEEN } from './search-filter';

export type LedgerOrder = 'newest' | 'expiry' | 'id';

export type LedgerPage = {
  rows: LedgerRow[];
  /** What the next page begins after; undefined on the last. */
  next: string | undefined;
  /** `id`: too many fit for sorting them. */
  order: LedgerOrder;
};

/** Where the ways part. Tests make them small. */
export type SearchBounds = {
  /** Rows that one statement looks at, in the order of ids. */
  windowRows: number;
  /** As many fitting rows are found and sorted in some tens of milliseconds. */
  sortedRowsMax: number;
};

/**
 * Of one page: some seconds, with turns of others between. Where one row in a hundred fits, a page of an export takes thirty; only an address
 * that somebody made up needs more.
 */
const WINDOWS_MAX = 200;

const BOUNDS: SearchBounds = { windowRows: 2_000, sortedRowsMax: 10_000 };

export type LedgerQuery = {
  filter: LedgerFilter;
  /** What the page before gave as `next`; one that cannot be read counts as none. */
  cursor?: string | undefined;
  pageSize: number;
  now?: Date;
};

type Stored = typeof issuedCertificates.$inferSelect;
type Position = { order: LedgerOrder; certificateId: string };
type Way = 'index' | 'bitmap';
type Search = {
  environment: string;
  conditions: SQL[];
  /** What the index has between the environment and the time, where the filter says that it is null and the planner does not conclude it. */
  leading: SQL[];
  limit: number;
  bounds: SearchBounds;
};

/** @returns `statement-timeout` when a search was cut so that nobody else waits for it */
export async function searchLedger(
  environment: string,
  { filter, cursor, pageSize, now = new Date() }: LedgerQuery,
  bounds = BOUNDS,
): Promise<Result<LedgerPage, Failure>> {
  const search = {
    environment,
    conditions: conditionsOf(environment, filter, now),
    leading: filter.state === NEVER_SEEN ? [desc(issuedCertificates.lastSeenState)] : [],
    limit: pageSize + 1,
    bounds,
  };
  const found = await findRows(search, filter, parseCursor(cursor));
  if (!found.ok) return found;
  const { order, rows: stored } = found.value;
  const rows = stored.slice(0, pageSize).map((row) => toLedgerRow(row, now));
  const last = rows.at(-1);
  const next = stored.length > pageSize && last ? `${order}_${last.certificateId}` : undefined;
  return ok({ rows, next, order });
}

type Found = Result<{ order: LedgerOrder; rows: Stored[] }, Failure>;

async function findRows(search: Search, filter: LedgerFilter, after: Position | undefined): Promise<Found> {
  const single = singleOrder(filter);
  if (single !== undefined) {
    const isSame = after?.order === single;
    return inOrder(
      search,
      { order: single, certificateId: isSame ? after.certificateId : undefined },
      'index',
    );
  }
  if (after?.order === 'newest') return inOrder(search, after, 'bitmap');
  if (after?.order === 'id') return byId(search, { rows: [], last: after.certificateId });

  const isOne = filter.text !== undefined && parseCertificateLookup(filter.text) !== undefined;
  const issued = isOne ? 1 : (await counts(search.environment)).issued;
  if (issued > search.bounds.sortedRowsMax) {
    const sample = await window(search, undefined, search.limit);
    if (!sample.ok) return sample;
    const fitting = (sample.value.fitting / search.bounds.windowRows) * issued;
    if (fitting > search.bounds.sortedRowsMax) return byId(search, sample.value);
  }
  return inOrder(search, { order: 'newest', certificateId: undefined }, 'bitmap');
}

/** The order of an index that answers the whole filter by itself. */
function singleOrder({ text, batch, caId, delivery, state, expiresFrom, expiresBefore }: LedgerFilter) {
  const isPeriod = expiresFrom !== undefined || expiresBefore !== undefined;
  const others = [text, batch, caId, delivery, state].filter((part) => part !== undefined).length;
  if (isPeriod) return others === 0 ? 'expiry' : undefined;
  // A reservation that ran out is two states in the index; the index of CAs does not end in the time of issue.
  if (text !== undefined || caId !== undefined || delivery === 'not-confirmed') return undefined;
  return others <= 1 ? 'newest' : undefined;
}

/** The rows behind a position, along an index or sorted out of what bitmaps found. */
async function inOrder(
  { environment, conditions, leading, limit }: Search,
  { order, certificateId }: { order: LedgerOrder; certificateId: string | undefined },
  way: Way,
): Promise<Found> {
  const { reservedAt, notAfter, certificateId: id } = issuedCertificates;
  const column = order === 'expiry' ? notAfter : reservedAt;
  const direction = order === 'expiry' ? asc : desc;
  const comparison = sql.raw(order === 'expiry' ? '>' : '<');
  const behind =
    certificateId === undefined
      ? undefined
      : sql`(${column}, ${id}) ${comparison} ((select ${column} from ${issuedCertificates}
          where ${eq(issuedCertificates.environment, environment)} and ${eq(id, certificateId)}), ${certificateId})`;
  const read = await readBounded(async (transaction) => {
    if (way === 'bitmap') await preferBitmaps(transaction);
    return transaction
      .select()
      .from(issuedCertificates)
      .where(and(...conditions, behind))
      .orderBy(...leading, direction(column), direction(id))
      .limit(limit);
  });
  return read.ok ? ok({ order, rows: read.value }) : read;
}

/**
 * A planner that believes in even spreads reads along the time of issue for few fitting rows, and reads a million when they are the
 * oldest.
 */
async function preferBitmaps(transaction: Transaction): Promise<void> {
  for (const way of ['enable_seqscan', 'enable_indexscan', 'enable_indexonlyscan']) {
    await transaction.execute(sql.raw(`set local ${way} = off`));
  }
}

/** Reads window after window of ids until a page is full; each is a statement of its own, and others have their turn between. */
async function byId(search: Search, begun: Pick<Window, 'rows' | 'last'>): Promise<Found> {
  const rows = [...begun.rows];
  let { last } = begun;
  for (let windows = 0; last !== undefined && rows.length < search.limit; windows += 1) {
    if (windows === WINDOWS_MAX) return fail({ kind: 'statement-timeout' });
    const next = await window(search, last, search.limit - rows.length);
    if (!next.ok) return next;
    rows.push(...next.value.rows);
    last = next.value.last;
  }
  return ok({ order: 'id', rows });
}

type Window = {
  /** The first of those that fit. */
  rows: Stored[];
  fitting: number;
  /** The last id that was looked at; undefined when there are no further ones. */
  last: string | undefined;
};

/** Looks at so many rows in the order of ids, whether they fit or not. */
async function window({ environment, conditions, bounds }: Search, after: string | undefined, limit: number) {
  const { environment: place, certificateId } = issuedCertificates;
  const behind = and(eq(place, environment), after === undefined ? undefined : gt(certificateId, after));
  return readBounded(async (transaction): Promise<Window> => {
    await transaction.execute(sql.raw('set local enable_bitmapscan = off'));
    const looked = transaction
      .select({ certificateId })
      .from(issuedCertificates)
      .where(behind)
      .orderBy(asc(certificateId))
      .limit(bounds.windowRows)
      .as('looked');
    const [end] = await transaction.select({ last: max(looked.certificateId), looked: count() }).from(looked);
    if (end === undefined || end.last === null) return { rows: [], fitting: 0, last: undefined };
    const found = await transaction
      .select({ row: issuedCertificates, fitting: sql<number>`count(*) over ()`.mapWith(Number) })
      .from(issuedCertificates)
      .where(and(behind, lte(certificateId, end.last), ...conditions))
      .orderBy(asc(certificateId))
      .limit(limit);
    return {
      rows: found.map(({ row }) => row),
      fitting: found[0]?.fitting ?? 0,
      last: end.looked < bounds.windowRows ? undefined : end.last,
    };
  });
}

const cursorSchema = z.tuple([z.enum(['newest', 'expiry', 'id']), z.string().regex(/^[0-9a-f]{64}$/)]);

function parseCursor(cursor: string | undefined): Position | undefined {
  const parsed = cursorSchema.safeParse(cursor?.split('_'));
  return parsed.success ? { order: parsed.data[0], certificateId: parsed.data[1] } : undefined;
}
