import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { beginSweep, cancelSweep } from '@/lib/ledger/sweep-runs';
import { startEmbeddedDatabase } from '@/lib/testing/embedded-database';
import { isSweepDue } from './sweep-schedule';

let running: AsyncDisposable;
beforeAll(async () => {
  running = await startEmbeddedDatabase();
});
afterAll(() => running[Symbol.asyncDispose]());

const began = new Date('2026-11-22T10:00:00Z');
const hoursLater = (hours: number) => new Date(began.getTime() + hours * 3_600_000);
const daily = { id: 'lab', sweepEveryHours: 24 };

describe('a scheduled sweep', () => {
  it('is due at first, then so long after the last one began, and never where nobody asked for it', async () => {
    expect(await isSweepDue({ id: 'lab', sweepEveryHours: undefined }, began)).toBe(false);
    expect(await isSweepDue(daily, began)).toBe(true);
    const lease = { environment: 'lab', id: crypto.randomUUID(), holder: 'one' };
    await beginSweep({ ...lease, startedBy: { id: 'o1', name: 'Ada' } }, began);
    expect(await isSweepDue(daily, hoursLater(48))).toBe(false);
    await cancelSweep('lab', lease.id, hoursLater(1));
    expect(await isSweepDue(daily, hoursLater(23))).toBe(false);
    expect(await isSweepDue(daily, hoursLater(24))).toBe(true);
    expect(await isSweepDue({ ...daily, id: 'other' }, began)).toBe(true);
  });
});
