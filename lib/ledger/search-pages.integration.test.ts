import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { database } from '@/lib/db/database';
import { issuedCertificates } from '@/lib/db/schema/ledger';
import { startEmbeddedDatabase } from '@/lib/testing/embedded-database';
import { expectOk } from '@/lib/testing/expect-ok';
import { counts, countsAt } from './counts';
import type { LedgerFilter } from './search-filter';
import { type SearchBounds, searchLedger } from './search-pages';

const NOW = new Date('2026-11-22T12:00:00Z');
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const ROWS = 240;

const ago = (ms: number) => new Date(NOW.getTime() - ms);
const idOf = (name: string) => createHash('sha256').update(name).digest('hex');
const pick = <Value>(values: readonly Value[], index: number) => values[index % values.length];

/** Names go with their age, as they do in a factory; many rows are of the same moment, as those of a batch. */
function rowOf(index: number, environment = 'lab') {
  const name = `${index < 160 ? 'pump' : 'valve'}-${String(index).padStart(4, '0')}`;
  const issuedAt = ago(index < 10 ? MINUTE_MS : Math.floor(index / 16) * DAY_MS);
  return {
    environment,
    certificateId: idOf(`${environment} ${name}`),
    caId: 'ca',
    serial: (0xa0000 + index).toString(16).padStart(6, '0'),
    subject: {},
    commonName: name,
    notBefore: issuedAt,
    notAfter: new Date(issuedAt.getTime() + (1 + (index % 3)) * 365 * DAY_MS),
    batch: pick(['first', 'second', null], index),
    operatorId: 'o1',
    operatorName: 'Ada',
    delivery: pick(['reserved', 'delivered', 'delivered', 'not-confirmed'] as const, index) ?? 'delivered',
    reservedAt: issuedAt,
    lastSeenState: pick(['ACTIVE', 'INACTIVE', null, 'PENDING_ACTIVATION', null], index),
    thingName: index % 4 === 0 ? `site-${index % 8}-${name}` : null,
  };
}

const rows = Array.from({ length: ROWS }, (_, index) => rowOf(index));
const special = [
  { ...rowOf(900), commonName: '100%_sure', certificateId: idOf('wildcards'), serial: '00f1b2c3' },
  { ...rowOf(901), commonName: 'ポンプ東京', certificateId: idOf('katakana'), serial: '0d' },
];
const all = [...rows, ...special];

let running: AsyncDisposable;
beforeAll(async () => {
  running = await startEmbeddedDatabase();
  await database()
    .insert(issuedCertificates)
    .values([...all, ...rows.slice(0, 20).map((_, index) => rowOf(index, 'elsewhere'))]);
});
afterAll(async () => {
  await running[Symbol.asyncDispose]();
});

async function allPages(filter: LedgerFilter, pageSize: number, bounds?: SearchBounds) {
  const found: { certificateId: string; reservedAt: Date; notAfter: Date }[] = [];
  const orders = new Set<string>();
  let cursor: string | undefined;
  do {
    const page = expectOk(await searchLedger('lab', { filter, cursor, pageSize, now: NOW }, bounds));
    expect(page.rows.length).toBeLessThanOrEqual(pageSize);
    found.push(...page.rows);
    orders.add(page.order);
    cursor = page.next;
  } while (cursor !== undefined);
  return { found, orders: [...orders] };
}

/** The filter once more, without a database. */
function fits(row: (typeof all)[number], filter: LedgerFilter): boolean {
  const { text = '', batch, caId, delivery, state, expiresFrom, expiresBefore } = filter;
  const isAbandoned =
    row.delivery === 'reserved' &&
    row.batch === null &&
    NOW.getTime() - row.reservedAt.getTime() > 10 * MINUTE_MS;
  const names = [row.commonName, row.thingName ?? ''].map((name) => name.toLowerCase());
  return (
    names.some((name) => name.includes(text.toLowerCase())) &&
    (batch === undefined || row.batch === batch) &&
    (caId === undefined || row.caId === caId) &&
    (delivery === undefined || (isAbandoned ? 'not-confirmed' : row.delivery) === delivery) &&
    (state === undefined || (row.lastSeenState ?? 'never') === state) &&
    (expiresFrom === undefined || row.notAfter >= expiresFrom) &&
    (expiresBefore === undefined || row.notAfter < expiresBefore)
  );
}

const maybe = <Value>(values: readonly Value[]) => fc.option(fc.constantFrom(...values), { nil: undefined });
const anyFilter: fc.Arbitrary<LedgerFilter> = fc.record({
  text: maybe(['pump', 'PUMP-00', 'alve-0', '-010', 'site-4', '017', 'zzz', 'pu']),
  batch: maybe(['first', 'second', 'none']),
  caId: maybe(['ca', 'none']),
  delivery: maybe(['reserved', 'delivered', 'not-confirmed'] as const),
  state: maybe(['ACTIVE', 'INACTIVE', 'never', 'REVOKED']),
  expiresFrom: maybe([ago(-365 * DAY_MS), ago(-400 * DAY_MS)]),
  expiresBefore: maybe([ago(-700 * DAY_MS), ago(-1000 * DAY_MS)]),
});

describe('pages of the ledger', () => {
  it.each([
    { reason: 'where few rows fit', bounds: { windowRows: 1000, sortedRowsMax: 1000 } },
    { reason: 'where too many fit for sorting', bounds: { windowRows: 11, sortedRowsMax: 3 } },
  ])('show every row that fits exactly once, $reason', async ({ bounds }) => {
    await fc.assert(
      fc.asyncProperty(anyFilter, fc.integer({ min: 3, max: 60 }), async (filter, pageSize) => {
        const { found } = await allPages(filter, pageSize, bounds);
        const expected = all.filter((row) => fits(row, filter));
        const ids = found.map(({ certificateId }) => certificateId);
        expect(new Set(ids).size).toBe(ids.length);
        expect(new Set(ids)).toEqual(new Set(expected.map(({ certificateId }) => certificateId)));
      }),
      { numRuns: 40 },
    );
  });

  it.each<{ filter: LedgerFilter; order: string; reason: string }>([
    { filter: {}, order: 'newest', reason: 'without a filter' },
    { filter: { batch: 'first' }, order: 'newest', reason: 'of a batch' },
    { filter: { state: 'ACTIVE' }, order: 'newest', reason: 'of a state' },
    { filter: { state: 'never' }, order: 'newest', reason: 'of those that AWS has not shown' },
    { filter: { delivery: 'delivered' }, order: 'newest', reason: 'of a delivery' },
    { filter: { caId: 'ca' }, order: 'id', reason: 'of a CA that many rows fit' },
    { filter: { text: 'pump-003' }, order: 'newest', reason: 'that few rows fit' },
    { filter: { expiresFrom: NOW }, order: 'expiry', reason: 'by expiry' },
    { filter: { text: 'pump' }, order: 'id', reason: 'that many rows fit' },
  ])('of a search $reason come in the order of $order', async ({ filter, order }) => {
    const { found, orders } = await allPages(filter, 25, { windowRows: 100, sortedRowsMax: 50 });
    expect(orders).toEqual([order]);
    const keys = found.map(({ certificateId, reservedAt, notAfter }) => {
      if (order === 'id') return certificateId;
      return `${(order === 'expiry' ? notAfter : reservedAt).toISOString()} ${certificateId}`;
    });
    const rising = keys.toSorted((a, b) => (a < b ? -1 : 1));
    expect(keys).toEqual(order === 'newest' ? rising.reverse() : rising);
  });

  it.each([
    { cursor: 'not a cursor', reason: 'none' },
    { cursor: `id_${'f'.repeat(64)}`, reason: 'that of another order' },
    { cursor: `newest_${'z'.repeat(64)}`, reason: 'one without an id' },
  ])('begin again where the cursor is $reason', async ({ cursor }) => {
    const page = expectOk(await searchLedger('lab', { filter: {}, cursor, pageSize: 5, now: NOW }));
    expect(page.rows).toHaveLength(5);
  });
});

describe('a device is found', () => {
  const [seventh] = rows.slice(7);
  const id = seventh?.certificateId ?? '';
  it.each([
    { text: id, reason: 'by its certificate id' },
    { text: (id.match(/../g) ?? []).join(':').toUpperCase(), reason: 'by its fingerprint' },
    { text: `arn:aws:iot:eu-central-1:123456789012:cert/${id}`, reason: 'by its ARN' },
    { text: id.slice(0, 9), reason: 'by the beginning of its id' },
    { text: '0A0007', reason: 'by its serial number' },
    { text: 'a0:00:7', reason: 'by its serial number as OpenSSL shows it' },
    { text: 'PUMP-0007', reason: 'by its name in capitals' },
    { text: 'mp-0007', reason: 'by a part of its name' },
  ])('$reason', async ({ text }) => {
    const { found } = await allPages({ text }, 10);
    expect(found.map(({ certificateId }) => certificateId)).toEqual([id]);
  });

  it.each([
    { text: '100%_', names: ['100%_sure'], reason: 'by a name with what SQL takes for wildcards' },
    { text: '%', names: [], reason: 'not by a wildcard' },
    { text: '_00%', names: [], reason: 'not by a wildcard for one character' },
    { text: 'ポンプ', names: ['ポンプ東京'], reason: 'by a beginning in katakana' },
    { text: '東京', names: [], reason: 'not by a part without three letters of ASCII' },
    { text: 'f1b2c3', names: ['100%_sure'], reason: 'by a serial number with a leading zero octet' },
    { text: '0d', names: ['ポンプ東京'], reason: 'by a serial number of one octet' },
    { text: 'pump-00\0', names: [], reason: 'not by what PostgreSQL cannot keep' },
    { text: 'site-4-pump-0004', names: ['pump-0004'], reason: 'by its thing' },
    { text: 'TE-4-pump-0004', names: ['pump-0004'], reason: "by a part of its thing's name" },
  ])('$reason: $text', async ({ text, names }) => {
    const { found } = await allPages({ text }, 100);
    const ids = all.flatMap((row) => (names.includes(row.commonName) ? [row.certificateId] : []));
    expect(found.map(({ certificateId }) => certificateId)).toEqual(ids);
  });
});

it('counts follow every change of a row', async () => {
  const expected = () => ({
    issued: all.length,
    delivered: all.filter(({ delivery }) => delivery === 'delivered').length,
    reserved: all.filter(({ delivery }) => delivery === 'reserved').length,
    notConfirmed: all.filter(({ delivery }) => delivery === 'not-confirmed').length,
    neverSeen: all.filter(({ lastSeenState }) => lastSeenState === null).length,
    active: all.filter(({ lastSeenState }) => lastSeenState === 'ACTIVE').length,
  });
  expect(await counts('lab')).toEqual(expected());
  expect(await countsAt('lab', NOW)).toEqual({
    ...expected(),
    reserved: all.filter((row) => fits(row, { delivery: 'reserved' })).length,
    notConfirmed: all.filter((row) => fits(row, { delivery: 'not-confirmed' })).length,
  });
  const change = database().$client;
  const where = `environment = 'elsewhere'`;
  await change.query(
    `update issued_certificates set last_seen_state = 'ACTIVE', delivery = 'delivered' where ${where}`,
  );
  expect(await counts('elsewhere')).toEqual({
    issued: 20,
    delivered: 20,
    reserved: 0,
    notConfirmed: 0,
    neverSeen: 0,
    active: 20,
  });
  await change.query(`delete from issued_certificates where ${where} and certificate_id < '8'`);
  const left = await database().$count(issuedCertificates);
  expect(await counts('elsewhere')).toMatchObject({ issued: left - all.length, active: left - all.length });
  expect(await counts('lab')).toEqual(expected());
});
