/** What the ledger's overview and its batches count. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEmbeddedDatabase } from '@/lib/testing/embedded-database';
import { expectOk } from '@/lib/testing/expect-ok';
import { activationsPerDay } from './activations';
import { beginBatch } from './batches';
import { giveUpBatch } from './end-batch';
import { expiryBuckets } from './expiry';
import { funnelOf, listBatches } from './funnel';
import { confirmDevices, giveUpDevices, notConfirmed } from './not-confirmed';
import { find } from './read';
import { recordSeen } from './record';
import { reserveAll } from './record-batch';

let running: AsyncDisposable;
beforeAll(async () => {
  running = await startEmbeddedDatabase();
});
afterAll(() => running[Symbol.asyncDispose]());

const now = new Date('2026-11-22T10:00:00Z');
const daysFrom = (days: number) => new Date(now.getTime() + days * 86_400_000);
const idOf = (batch: string, index: number) =>
  `${index}`.padStart(8, '0') + `${batch.replaceAll('-', '')}`.padEnd(56, 'f');
const rowOf = (environment: string, batch: string, index: number, notAfter = daysFrom(365)) => ({
  environment,
  certificateId: idOf(batch, index),
  caId: 'a'.repeat(64),
  serial: `${index}`,
  subject: {},
  commonName: `${batch}-${index}`,
  notBefore: daysFrom(-1),
  notAfter,
  batch,
  operatorId: 'o1',
  operatorName: 'Ada',
});
const batchOf = (id: string, devices: number) => ({
  environment: 'lab',
  id,
  caId: 'a'.repeat(64),
  devices,
  operatorId: 'o1',
  operatorName: 'Ada',
  settings: {},
});

describe('certificates by the time they have left', () => {
  it('stand in one period each, the bounds in the later one', async () => {
    const ends = [-400, -1, 0, 1, 6.9, 7, 29, 30, 89, 90, 364, 365, 4000];
    const rows = ends.map((days, index) => rowOf('ends', 'e', index, daysFrom(days)));
    expectOk(await reserveAll(rows, now));
    const buckets = expectOk(await expiryBuckets('ends', now));
    expect(Object.fromEntries(buckets.map(({ key, count }) => [key, count]))).toEqual({
      expired: 2,
      week: 3,
      month: 2,
      quarter: 2,
      year: 2,
      later: 2,
    });
    expect(expectOk(await expiryBuckets('empty', now)).every(({ count }) => count === 0)).toBe(true);

    // One that is too large follows from the others; of several only the least is known.
    const large = expectOk(await expiryBuckets('ends', now, 2));
    expect(large).toEqual(buckets);
    const several = expectOk(await expiryBuckets('ends', now, 1));
    expect(several.every(({ count, isAtLeast }) => count === 1 && isAtLeast)).toBe(true);
  });
});

describe('activations', () => {
  it('count on the day AWS registered who was active at once, and on the day it was seen of who was not', async () => {
    expectOk(
      await reserveAll(
        [0, 1, 2, 3].map((index) => rowOf('lab', 'act', index)),
        daysFrom(-20),
      ),
    );
    const registeredAt = daysFrom(-9);
    await recordSeen('lab', idOf('act', 0), 'ACTIVE', now, { registeredAt });
    await recordSeen('lab', idOf('act', 1), 'PENDING_ACTIVATION', daysFrom(-8), { registeredAt });
    await recordSeen('lab', idOf('act', 1), 'ACTIVE', daysFrom(-2), { registeredAt });
    await recordSeen('lab', idOf('act', 1), 'ACTIVE', daysFrom(-1), { registeredAt });
    await recordSeen('lab', idOf('act', 2), 'INACTIVE', now, { registeredAt });
    const days = expectOk(await activationsPerDay('lab', { now, days: 14 }));
    expect(days).toHaveLength(14);
    expect(days.at(-1)?.day).toBe('2026-11-22');
    expect(days.filter(({ activations }) => activations > 0)).toEqual([
      { day: '2026-11-13', activations: 1 },
      { day: '2026-11-20', activations: 1 },
    ]);
  });
});

describe('a batch', () => {
  const [first, second, third] = [1, 2, 3].map((index) => `0000000${index}-0000-4000-8000-000000000000`);

  it('counts how far its devices came, and pages go from the newest to the oldest', async () => {
    for (const [index, id] of [first, second, third].entries()) {
      expectOk(await beginBatch(batchOf(id ?? '', 4), daysFrom(index - 3)));
    }
    const id = first ?? '';
    expectOk(
      await reserveAll(
        [0, 1, 2, 3].map((index) => rowOf('lab', id, index)),
        now,
      ),
    );
    await recordSeen('lab', idOf(id, 0), 'ACTIVE', now);
    await recordSeen('lab', idOf(id, 1), 'PENDING_ACTIVATION', now);
    expect(await funnelOf('lab', id, now)).toEqual({
      issued: 4,
      delivered: 0,
      contacted: 2,
      active: 1,
      notConfirmed: 0,
    });
    const newest = await listBatches('lab', { before: undefined, limit: 2, now });
    expect(newest.batches.map((batch) => batch.id)).toEqual([third, second]);
    const oldest = await listBatches('lab', { before: newest.next, limit: 2, now });
    expect(oldest.batches).toMatchObject([{ id: first, funnel: { issued: 4, active: 1 } }]);
    expect(oldest.next).toBeUndefined();
  });

  it('lists what nobody confirmed once it ended, and a person confirms some of it or all', async () => {
    const id = first ?? '';
    const key = { environment: 'lab', batch: id };
    const later = daysFrom(3);
    const all = { after: undefined, limit: 10, now: later };
    // However long it takes: it may have been paused, and is gone on with.
    expect(expectOk(await notConfirmed(key, all))).toEqual([]);
    expect(await funnelOf('lab', id, later)).toMatchObject({ issued: 4, notConfirmed: 0 });
    expect(await confirmDevices(key, undefined, later)).toBe(0);
    expect(await giveUpDevices(key, undefined, later)).toBe(0);
    expect(await find('lab', idOf(id, 2), later)).toMatchObject({ delivery: 'reserved' });
    await giveUpBatch({ environment: 'lab', id }, later);
    expect(await funnelOf('lab', id, later)).toMatchObject({ notConfirmed: 4 });
    expect(await confirmDevices(key, [idOf(id, 2), 'f'.repeat(64)], later)).toBe(1);
    expect(await confirmDevices(key, [idOf(id, 2)], later)).toBe(0);
    expect(await find('lab', idOf(id, 2), later)).toMatchObject({
      delivery: 'delivered',
      deliveredAt: later,
    });
    expect(
      expectOk(await notConfirmed({ environment: 'lab', batch: id }, { ...all, after: idOf(id, 0) })).map(
        (row) => row.commonName,
      ),
    ).toEqual([`${id}-1`, `${id}-3`]);
    expect(await confirmDevices(key, undefined, later)).toBe(3);
    expect(await funnelOf('lab', id, later)).toMatchObject({ delivered: 4, notConfirmed: 0 });
  });
});
