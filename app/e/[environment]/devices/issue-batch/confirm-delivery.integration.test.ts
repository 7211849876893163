import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { runAction } from '@/lib/actions/run-action';
import { listActs } from '@/lib/audit/list-acts';
import { beginBatch, findBatch } from '@/lib/ledger/batches';
import { giveUpBatch } from '@/lib/ledger/end-batch';
import { reserveAll } from '@/lib/ledger/record-batch';
import { startEmbeddedDatabase } from '@/lib/testing/embedded-database';
import { expectOk } from '@/lib/testing/expect-ok';
import { confirmDelivery } from './confirm-delivery';

let running: AsyncDisposable;
beforeAll(async () => {
  const lab = { id: 'lab', name: 'Lab', kind: 'aws', accountId: '123456789012', region: 'eu-central-1' };
  vi.stubEnv('ENVIRONMENTS', JSON.stringify([lab]));
  running = await startEmbeddedDatabase();
});
afterAll(async () => {
  await running[Symbol.asyncDispose]();
  vi.unstubAllEnvs();
});

const WHOLE = '6a1c7a5e-5d5b-4d1c-9a53-0f2f7a4b9c01';
const TORN = '6a1c7a5e-5d5b-4d1c-9a53-0f2f7a4b9c02';
const GIVEN_UP = '6a1c7a5e-5d5b-4d1c-9a53-0f2f7a4b9c03';
const MANIFEST = 'd'.repeat(64);
const at = (minute: number) => new Date(Date.UTC(2026, 10, 22, 10, minute));
const common = {
  ...{ environment: 'lab', caId: 'a'.repeat(64), operatorId: 'o1', operatorName: 'Ada' },
};

const begin = (id: string) => beginBatch({ ...common, id, devices: 3, settings: {} }, at(0));
const reserve = (batch: string, attempt: string, names: readonly string[], minute: number) =>
  reserveAll(
    names.map((name) => ({
      ...common,
      certificateId: `${batch}${attempt}${name}`.padEnd(64, '0'),
      ...{ serial: name, subject: {}, commonName: name, notBefore: at(0), notAfter: at(59), batch },
    })),
    at(minute),
  );
const confirm = (batch: string, operatorId = 'o1') =>
  runAction(
    { name: 'batch.confirm-delivery', permission: 'device:issue', ...confirmDelivery },
    { environment: 'lab', batch, manifestSha256: MANIFEST },
    {
      operator: async () => ({ id: operatorId, name: 'Ada', email: 'ada@example.com', role: 'engineer' }),
      isSameOrigin: true,
      clientAddress: undefined,
    },
  );
const refused = (reason: string) => ({ ok: false, failure: { kind: 'conflict', reason } });

it('a batch is delivered by who began it, once the ledger has every device', async () => {
  expectOk(await begin(WHOLE));
  expectOk(await reserve(WHOLE, 'x', ['p1', 'p2'], 1));
  expect(await confirm(WHOLE)).toEqual(refused('batch-incomplete'));
  expectOk(await reserve(WHOLE, 'x', ['p3'], 2));
  expect(await confirm(WHOLE, 'o2')).toEqual(refused('batch-ended'));
  expect(expectOk(await confirm(WHOLE))).toEqual({ madeAnew: 0 });
});

it('devices that were made twice keep no batch from being delivered, and are told and audited', async () => {
  expectOk(await begin(TORN));
  expectOk(await reserve(TORN, 'x', ['p1', 'p2'], 1));
  // The checkpoint lost both; as many rows as devices are not all devices.
  expectOk(await reserve(TORN, 'y', ['p1'], 2));
  expect(await confirm(TORN)).toEqual(refused('batch-incomplete'));
  expectOk(await reserve(TORN, 'y', ['p2', 'p3'], 3));
  expect(expectOk(await confirm(TORN))).toEqual({ madeAnew: 2 });
  expect((await findBatch('lab', TORN))?.state).toBe('delivered');
  const { acts } = await listActs({}, { before: undefined, pageSize: 1 });
  expect(acts[0]).toMatchObject({
    action: 'batch.confirm-delivery',
    after: { devices: 3, manifestSha256: MANIFEST, madeAnew: 2 },
  });
  // A lost answer is asked for again.
  expect(expectOk(await confirm(TORN))).toEqual({ madeAnew: 2 });
});

it('a batch that was given up is not delivered any more', async () => {
  expectOk(await begin(GIVEN_UP));
  expectOk(await reserve(GIVEN_UP, 'x', ['p1', 'p2', 'p3'], 1));
  expect(await giveUpBatch({ environment: 'lab', id: GIVEN_UP }, at(2))).toBe(true);
  expect(await confirm(GIVEN_UP)).toEqual(refused('batch-ended'));
});
