/** What people may say of the devices of a batch that nobody could confirm, and when. */
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { beginBatch } from '@/lib/ledger/batches';
import { giveUpBatch } from '@/lib/ledger/end-batch';
import { find } from '@/lib/ledger/read';
import { reserveAll } from '@/lib/ledger/record-batch';
import { startEmbeddedDatabase } from '@/lib/testing/embedded-database';
import { expectOk } from '@/lib/testing/expect-ok';
import { confirmUnconfirmed, giveUpUnconfirmed } from './unconfirmed-acts';

const BATCH = '6a1c7a5e-5d5b-4d1c-9a53-0f2f7a4b9c12';
const begun = new Date('2025-11-22T10:00:00Z');
const now = new Date('2026-11-22T10:00:00Z');
const ids = ['1', '2', '3'].map((digit) => digit.repeat(64));
const common = { environment: 'lab', caId: 'a'.repeat(64), operatorId: 'o1', operatorName: 'Ada' };

let database: AsyncDisposable;
beforeAll(async () => {
  database = await startEmbeddedDatabase();
  expectOk(await beginBatch({ ...common, id: BATCH, devices: 3, settings: {} }, begun));
  const rows = ids.map((certificateId, index) => ({
    ...common,
    certificateId,
    serial: `${index}`,
    subject: {},
    commonName: `pump-${index}`,
    notBefore: begun,
    notAfter: begun,
    batch: BATCH,
  }));
  expectOk(await reserveAll(rows, begun));
});
afterAll(() => database[Symbol.asyncDispose]());

const audited = vi.fn();
const say = (word: typeof confirmUnconfirmed, certificateIds?: string[]) =>
  word({ batch: BATCH, certificateIds }, { environment: { id: 'lab' }, now, audit: { after: audited } });
const deliveries = () => Promise.all(ids.map(async (id) => (await find('lab', id))?.delivery));

it('nothing, as long as the batch may still give out their bundles, however old it is', async () => {
  for (const word of [confirmUnconfirmed, giveUpUnconfirmed]) {
    const refused = { ok: false, failure: { kind: 'conflict', reason: 'batch-open' } };
    expect(await say(word)).toEqual(refused);
    expect(await say(word, ids.slice(0, 1))).toEqual(refused);
  }
  expect(audited).not.toHaveBeenCalled();
  expect(await deliveries()).toEqual(['reserved', 'reserved', 'reserved']);
});

it('that they arrived, or that nobody will use them, once the batch is over', async () => {
  await giveUpBatch({ environment: 'lab', id: BATCH }, begun);
  expect(await deliveries()).toEqual(['not-confirmed', 'not-confirmed', 'not-confirmed']);
  expect(expectOk(await say(confirmUnconfirmed, ids.slice(0, 1)))).toEqual({ devices: 1 });
  expect(expectOk(await say(giveUpUnconfirmed))).toEqual({ devices: 2 });
  expect(await deliveries()).toEqual(['delivered', 'given-up', 'given-up']);
});
