import { afterAll, beforeAll, expect, it } from 'vitest';
import { startEmbeddedDatabase } from '@/lib/testing/embedded-database';
import { expectOk } from '@/lib/testing/expect-ok';
import { beginBatch } from './batches';
import { deliverBatch, giveUpBatch } from './end-batch';
import { endedBatches } from './ended-batches';

let running: AsyncDisposable;
beforeAll(async () => {
  running = await startEmbeddedDatabase();
});
afterAll(() => running[Symbol.asyncDispose]());

it('names what was delivered or given up: neither open batches nor those of another environment', async () => {
  const now = new Date('2026-11-22T10:00:00Z');
  for (const id of ['open', 'delivered', 'given-up']) {
    const begun = { environment: 'lab', id, caId: 'a'.repeat(64), devices: 1, settings: {} };
    expectOk(await beginBatch({ ...begun, operatorId: 'o1', operatorName: 'Ada' }, now));
  }
  await deliverBatch({ environment: 'lab', id: 'delivered' }, 'd'.repeat(64), now);
  await giveUpBatch({ environment: 'lab', id: 'given-up' }, now);
  const asked = ['open', 'delivered', 'given-up', 'unknown'];
  expect(new Set(await endedBatches('lab', asked))).toEqual(new Set(['delivered', 'given-up']));
  expect(await endedBatches('other', asked)).toEqual([]);
  expect(await endedBatches('lab', [])).toEqual([]);
});
