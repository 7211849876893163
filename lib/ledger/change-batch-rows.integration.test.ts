/** Large batches on the embedded database, which has one session for everybody. */
import { count, eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { database } from '@/lib/db/database';
import { issuanceBatches } from '@/lib/db/schema/batches';
import { issuedCertificates } from '@/lib/db/schema/ledger';
import { startEmbeddedDatabase } from '@/lib/testing/embedded-database';
import { expectOk } from '@/lib/testing/expect-ok';
import { beginBatch, findBatch } from './batches';
import { deliverBatch, giveUpBatch } from './end-batch';
import { confirmDevices } from './not-confirmed';

const DEVICES = 10_000;
const SLICES = DEVICES / 1000;
const DIGEST = 'd'.repeat(64);
const now = new Date('2026-11-22T10:00:00Z');
const later = new Date('2026-11-22T11:00:00Z');
const key = { environment: 'lab', id: 'large' };

let running: AsyncDisposable;
beforeAll(async () => {
  running = await startEmbeddedDatabase();
});
afterAll(() => running[Symbol.asyncDispose]());

/** All made in one moment with microseconds, as a Date does not have them. */
async function makeBatch(devices: number) {
  await database().delete(issuedCertificates);
  await database().delete(issuanceBatches);
  const operator = { operatorId: 'o1', operatorName: 'Ada' };
  expectOk(await beginBatch({ ...key, caId: 'a'.repeat(64), devices, ...operator, settings: {} }, now));
  await database().execute(sql`
    insert into issued_certificates (environment, certificate_id, ca_id, serial, subject, common_name, not_before, not_after,
      batch, operator_id, operator_name, delivery, reserved_at)
    select 'lab', md5(each::text) || md5(each::text), repeat('a', 64), each::text, '{}', 'device-' || each, '2026-01-01', '2036-01-01',
      'large', 'o1', 'Ada', 'reserved', '2026-11-22T09:00:00.123456Z'
    from generate_series(1, ${devices}::int) as each`);
}

async function counts(): Promise<Record<string, number>> {
  const { delivery } = issuedCertificates;
  const rows = await database()
    .select({ delivery, rows: count() })
    .from(issuedCertificates)
    .groupBy(delivery);
  return Object.fromEntries(rows.map((row) => [row.delivery, row.rows]));
}

/** Reads again and again until the work is done. @returns how often others had their turn */
async function turnsDuring(work: Promise<unknown>): Promise<number> {
  let isDone = false;
  let turns = 0;
  const done = work.finally(() => {
    isDone = true;
  });
  while (!isDone) {
    await database().select().from(issuanceBatches).where(eq(issuanceBatches.id, key.id));
    turns += 1;
  }
  await done;
  return turns;
}

/** As when the process is killed: the transaction of that slice and all behind it never begin. */
function killAtSlice(slice: number) {
  let begun = 0;
  const { transaction } = database();
  return vi.spyOn(database(), 'transaction').mockImplementation((...given) => {
    begun += 1;
    return begun < slice
      ? Reflect.apply(transaction, database(), given)
      : Promise.reject(new Error('the process was killed'));
  });
}

it('a large batch is ended and confirmed in slices, and others have their turn between any two', async () => {
  await makeBatch(DEVICES);
  expect(await turnsDuring(giveUpBatch(key, now))).toBeGreaterThanOrEqual(SLICES);
  expect(await counts()).toEqual({ 'not-confirmed': DEVICES });
  const batch = { environment: 'lab', batch: key.id };
  const confirmed = confirmDevices(batch, undefined, later);
  expect(await turnsDuring(confirmed)).toBeGreaterThanOrEqual(SLICES);
  expect(await confirmed).toBe(DEVICES);
  expect(await counts()).toEqual({ delivered: DEVICES });
  expect(await confirmDevices(batch, undefined, later)).toBe(0);
}, 120_000);

describe('ending a batch that was killed in its middle', () => {
  beforeEach(() => makeBatch(3500));

  it('is finished by a repetition, with the time and the digest of the first word', async () => {
    const kill = killAtSlice(3);
    await expect(deliverBatch(key, DIGEST, now)).rejects.toThrow('killed');
    kill.mockRestore();
    expect(await counts()).toEqual({ delivered: 2000, reserved: 1500 });
    expect(await findBatch('lab', key.id)).toMatchObject({ state: 'open', manifestSha256: DIGEST });
    expect(await deliverBatch(key, 'e'.repeat(64), later)).toEqual({ replaced: 0 });
    expect(await counts()).toEqual({ delivered: 3500 });
    const times = await database()
      .selectDistinct({ at: issuedCertificates.deliveredAt })
      .from(issuedCertificates);
    expect(times).toEqual([{ at: now }]);
    expect(await findBatch('lab', key.id)).toMatchObject({
      state: 'delivered',
      manifestSha256: DIGEST,
      endedAt: now,
    });
  });

  it('is finished as it was begun, also by who would end it otherwise, and who is told so', async () => {
    const kill = killAtSlice(2);
    await expect(giveUpBatch(key, now)).rejects.toThrow('killed');
    kill.mockRestore();
    const begun = await findBatch('lab', key.id);
    if (begun === undefined) throw new Error('no batch');
    expect(await beginBatch(begun, later)).toMatchObject({ failure: { reason: 'batch-ended' } });
    expect(await deliverBatch(key, DIGEST, later)).toBeUndefined();
    expect(await counts()).toEqual({ 'not-confirmed': 3500 });
    expect(await findBatch('lab', key.id)).toMatchObject({ state: 'given-up', manifestSha256: null });
  });

  it('keeps one word, whichever of two at once came first', async () => {
    const [delivered, givenUp] = await Promise.all([deliverBatch(key, DIGEST, now), giveUpBatch(key, later)]);
    expect({ delivered, givenUp }).toEqual({ delivered: { replaced: 0 }, givenUp: false });
    expect(await counts()).toEqual({ delivered: 3500 });
    expect(await deliverBatch({ ...key, id: 'no such one' }, DIGEST, now)).toBeUndefined();
  });
});
