/** What the pages of batches count goes through the bound that keeps the others from waiting, and says so when it was cut. */
import { expect, it, vi } from 'vitest';
import type { Failure } from '@/lib/failure';
import { fail, type Result } from '@/lib/result';
import { openBatches } from './batches';
import { funnelOf } from './funnel';
import { countNotConfirmed, countOutOfUse, notConfirmed } from './not-confirmed';

vi.mock('@/lib/db/bounded-read', () => ({ readBounded: async () => fail({ kind: 'statement-timeout' }) }));
vi.mock('@/lib/db/database', () => ({
  database: () => {
    throw new Error('asked the database without a bound');
  },
}));

const now = new Date('2026-11-22T10:00:00Z');
const key = { environment: 'lab', batch: 'b1' };

const READS: { what: string; read: () => Promise<Result<unknown, Failure>> }[] = [
  {
    what: 'devices that are not confirmed',
    read: () => notConfirmed(key, { after: undefined, limit: 25, now, by: 'name' }),
  },
  { what: 'how many of them there are', read: () => countNotConfirmed(key, now) },
  { what: 'devices out of use', read: () => countOutOfUse(key) },
  {
    what: 'open batches',
    read: () => openBatches('lab', { caId: undefined, from: undefined, limit: 20 }),
  },
];

it.each(READS)('$what', async ({ read }) => {
  expect(await read()).toEqual({ ok: false, failure: { kind: 'statement-timeout' } });
});

it('how far the devices came', async () => {
  expect(await funnelOf('lab', 'b1', now)).toBeUndefined();
});
