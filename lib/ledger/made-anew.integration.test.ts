import { and, asc, eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { database } from '@/lib/db/database';
import { issuedCertificates } from '@/lib/db/schema/ledger';
import { startEmbeddedDatabase } from '@/lib/testing/embedded-database';
import { expectOk } from '@/lib/testing/expect-ok';
import { beginBatch } from './batches';
import { deliverBatch } from './end-batch';
import { countMade } from './made-anew';
import { reserveAll } from './record-batch';

let running: AsyncDisposable;
beforeAll(async () => {
  running = await startEmbeddedDatabase();
});
afterAll(() => running[Symbol.asyncDispose]());

const at = (minute: number) => new Date(Date.UTC(2026, 10, 22, 10, minute));
const common = {
  ...{ environment: 'lab', caId: 'a'.repeat(64), operatorId: 'o1', operatorName: 'Ada' },
};
const rowsOf = (batch: string, attempt: string, names: readonly string[]) =>
  names.map((name) => ({
    ...common,
    certificateId: `${batch}${attempt}${name}`.padEnd(64, '0'),
    ...{ serial: name, subject: {}, commonName: name, notBefore: at(0), notAfter: at(59), batch },
  }));
const deliveries = async (batch: string) => {
  const { commonName, reservedAt, delivery, environment, batch: ofBatch } = issuedCertificates;
  const rows = await database()
    .select({ commonName, delivery })
    .from(issuedCertificates)
    .where(and(eq(environment, 'lab'), eq(ofBatch, batch)))
    .orderBy(asc(commonName), asc(reservedAt));
  return rows.map((row) => `${row.commonName} ${row.delivery}`);
};

it('a device that was made twice is delivered once, as it was made last', async () => {
  const key = { environment: 'lab', batch: 'b1' };
  expectOk(await beginBatch({ ...common, id: 'b1', devices: 3, settings: {} }, at(0)));
  expectOk(await reserveAll(rowsOf('b1', 'x', ['p1', 'p2', 'p3']), at(1)));
  // Their record was lost, twice for one of them.
  expectOk(await reserveAll(rowsOf('b1', 'y', ['p2', 'p3']), at(2)));
  expectOk(await reserveAll(rowsOf('b1', 'z', ['p3']), at(3)));
  // Devices of the same names in another batch are other devices' business.
  expectOk(await beginBatch({ ...common, id: 'b2', devices: 1, settings: {} }, at(0)));
  expectOk(await reserveAll(rowsOf('b2', 'x', ['p1']), at(4)));
  expect(await countMade(key)).toEqual({ devices: 3, madeAnew: 3 });
  expect(await deliverBatch({ environment: 'lab', id: 'b1' }, 'd'.repeat(64), at(5))).toMatchObject({
    replaced: 0,
  });
  expect(await deliveries('b1')).toEqual([
    'p1 delivered',
    'p2 replaced',
    'p2 delivered',
    'p3 replaced',
    'p3 replaced',
    'p3 delivered',
  ]);
  expect(await deliveries('b2')).toEqual(['p1 reserved']);
  expect(await countMade(key)).toEqual({ devices: 3, madeAnew: 3 });
});
