import { X509Certificate } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { database } from '@/lib/db/database';
import { issuanceBatches } from '@/lib/db/schema/batches';
import { createLeafIssuer, makeDeviceKey } from '@/lib/pki/bulk/leaf-issuer';
import { toBase64 } from '@/lib/pki/bytes';
import { issueCaCertificate } from '@/lib/pki/ca-certificate';
import { generateKeyPair } from '@/lib/pki/key-algorithm';
import { startEmbeddedDatabase } from '@/lib/testing/embedded-database';
import { expectOk } from '@/lib/testing/expect-ok';
import { readBatchCertificates } from './batch-certificates';
import { beginBatch, countDevices, findBatch, interruptedBatches, openBatches } from './batches';
import { deliverBatch, finishEnding, giveUpBatch } from './end-batch';
import { find } from './read';
import { namesTaken, reserveAll } from './record-batch';

let running: AsyncDisposable;
beforeAll(async () => {
  running = await startEmbeddedDatabase();
});
afterAll(() => running[Symbol.asyncDispose]());

const now = new Date('2026-11-22T10:00:00Z');
const later = new Date('2026-11-22T11:00:00Z');
const DIGEST = 'd'.repeat(64);
const ALL = { caId: undefined, from: undefined, limit: 50 };
const batchOf = (id: string, devices = 3) => ({
  environment: 'lab',
  id,
  caId: 'a'.repeat(64),
  devices,
  operatorId: 'o1',
  operatorName: 'Ada',
  settings: { formats: ['pem'] },
});
const rowsOf = (batch: string, count = 3) =>
  Array.from({ length: count }, (_, index) => ({
    environment: 'lab',
    certificateId: `${batch}${index}`.padEnd(64, '0'),
    caId: 'a'.repeat(64),
    serial: `${index}`,
    subject: {},
    commonName: `${batch}-${index}`,
    notBefore: now,
    notAfter: later,
    batch,
    operatorId: 'o1',
    operatorName: 'Ada',
  }));

describe('a batch on record', () => {
  it('can be begun again by a lost answer, and by nobody else or with another content', async () => {
    expectOk(await beginBatch(batchOf('b1'), now));
    expectOk(await beginBatch(batchOf('b1'), later));
    expect((await findBatch('lab', 'b1'))?.createdAt).toEqual(now);
    for (const other of [{ operatorId: 'o2' }, { devices: 4 }, { caId: 'b'.repeat(64) }]) {
      expect(await beginBatch({ ...batchOf('b1'), ...other }, now)).toEqual({
        ok: false,
        failure: { kind: 'conflict', reason: 'batch-ended' },
      });
    }
  });

  it('keeps each device once, however often it is told, and not one of another batch', async () => {
    expectOk(await beginBatch(batchOf('b2'), now));
    expectOk(await reserveAll(rowsOf('b2'), now));
    expectOk(await reserveAll(rowsOf('b2'), later));
    expect(await countDevices('lab', 'b2')).toBe(3);
    expect(expectOk(await openBatches('lab', ALL)).batches.find(({ id }) => id === 'b2')?.reserved).toBe(3);
    const taken = rowsOf('b2').map((row) => ({ ...row, batch: 'b9' }));
    expect(await reserveAll(taken, now)).toMatchObject({
      failure: { reason: 'certificate-already-reserved' },
    });
    expect(await namesTaken('lab', ['b2-0', 'b2-7'])).toEqual(['b2-0']);
    expect(await namesTaken('other', ['b2-0'])).toEqual([]);
  });

  it('is delivered with all its devices and the digest of its manifest, once', async () => {
    expectOk(await beginBatch(batchOf('b3'), now));
    expectOk(await reserveAll(rowsOf('b3'), now));
    await deliverBatch({ environment: 'lab', id: 'b3' }, DIGEST, now);
    await deliverBatch({ environment: 'lab', id: 'b3' }, 'e'.repeat(64), later);
    await giveUpBatch({ environment: 'lab', id: 'b3' }, later);
    expect(await findBatch('lab', 'b3')).toMatchObject({
      state: 'delivered',
      manifestSha256: DIGEST,
      endedAt: now,
    });
    for (const { certificateId } of rowsOf('b3')) {
      expect(await find('lab', certificateId, later)).toMatchObject({
        delivery: 'delivered',
        deliveredAt: now,
      });
    }
    expect(expectOk(await openBatches('lab', ALL)).batches.map(({ id }) => id)).not.toContain('b3');
  });

  it('that is given up leaves its devices as not confirmed', async () => {
    expectOk(await beginBatch(batchOf('b4'), now));
    expectOk(await reserveAll(rowsOf('b4'), now));
    await giveUpBatch({ environment: 'lab', id: 'b4' }, now);
    const [first] = rowsOf('b4');
    expect(await find('lab', first?.certificateId ?? '', now)).toMatchObject({ delivery: 'not-confirmed' });
    expect(await beginBatch(batchOf('b4'), later)).toMatchObject({ ok: false });
  });

  it('that is given up takes no further devices, which would be of no batch that ends', async () => {
    expectOk(await beginBatch(batchOf('b5'), now));
    const [first, ...others] = rowsOf('b5');
    expectOk(await reserveAll(first ? [first] : [], now));
    await giveUpBatch({ environment: 'lab', id: 'b5' }, now);
    expect(await reserveAll(others, later)).toMatchObject({ failure: { reason: 'batch-ended' } });
    expect(await countDevices('lab', 'b5')).toBe(1);
  });
});

describe('batches that are still open', () => {
  const place = { environment: 'fab' };
  const begin = async (id: string, minute: number, differing = {}) =>
    expectOk(
      await beginBatch(
        { ...batchOf(id), ...place, ...differing },
        new Date(Date.UTC(2026, 10, 22, 10, minute)),
      ),
    );

  it('are all reached page by page, newest first, and counted', async () => {
    // Two that were begun at once, on both sides of a page's end.
    for (const [index, minute] of [0, 1, 2, 2, 3, 4, 5].entries()) await begin(`open-${index}`, minute);
    await begin('of-another-ca', 9, { caId: 'b'.repeat(64) });
    await begin('delivered', 8);
    await deliverBatch({ ...place, id: 'delivered' }, DIGEST, now);
    const ca = { caId: 'a'.repeat(64), limit: 4 };
    const first = expectOk(await openBatches('fab', { ...ca, from: undefined }));
    const ids = first.batches.map(({ id }) => id);
    expect(ids).toEqual(['open-6', 'open-5', 'open-4', 'open-2']);
    expect(first.count).toBe(7);
    const second = expectOk(await openBatches('fab', { ...ca, from: first.next }));
    expect(second.batches.map(({ id }) => id)).toEqual(['open-3', 'open-1', 'open-0']);
    expect(second).toMatchObject({ count: 7, next: undefined });
    expect(expectOk(await openBatches('fab', { ...ALL, limit: 1 })).batches[0]?.id).toBe('of-another-ca');
    // The page of a batch leads to where it stands.
    const [, there] = first.batches;
    expect(expectOk(await openBatches('fab', { ...ca, from: there })).batches[0]?.id).toBe('open-5');
  });

  it('whose end was noted are nobody’s to go on with, and are finished by whoever comes', async () => {
    await begin('killed', 20);
    await begin('others', 21, { operatorId: 'o2' });
    await begin('killed-as-given-up', 22);
    expectOk(
      await reserveAll(
        rowsOf('killed').map((row) => ({ ...row, ...place })),
        now,
      ),
    );
    const noteEnd = (id: string, manifestSha256: string | null) =>
      database()
        .update(issuanceBatches)
        .set({ endedAt: later, manifestSha256 })
        .where(eq(issuanceBatches.id, id));
    await noteEnd('killed', DIGEST);
    await noteEnd('killed-as-given-up', null);

    const { own, noted } = await interruptedBatches('fab', 'o2');
    expect(own).toEqual(['others']);
    expect(noted).toEqual(['killed-as-given-up', 'killed']);
    const open = expectOk(await openBatches('fab', ALL)).batches.map(({ id }) => id);
    expect(open).toContain('others');
    expect(open).not.toContain('killed');

    const key = { ...place, id: 'killed' };
    expect(await finishEnding(key, now)).toEqual({ state: 'delivered', replaced: 0 });
    expect(await finishEnding(key, now)).toEqual({ state: 'delivered', replaced: 0 });
    expect(await findBatch('fab', 'killed')).toMatchObject({ state: 'delivered', endedAt: later });
    for (const { certificateId } of rowsOf('killed'))
      expect(await find('fab', certificateId, later)).toMatchObject({
        delivery: 'delivered',
        deliveredAt: later,
      });
    expect(await finishEnding({ ...place, id: 'killed-as-given-up' }, now)).toMatchObject({
      state: 'given-up',
    });
  });

  it('of which nobody has said how they end stay open', async () => {
    await begin('going-on', 30);
    expect(await finishEnding({ ...place, id: 'going-on' }, now)).toBeUndefined();
    expect(await finishEnding({ ...place, id: 'no such one' }, now)).toBeUndefined();
    expect(await findBatch('fab', 'going-on')).toMatchObject({ state: 'open', endedAt: null });
  });
});

describe('a certificate that the page says it made', () => {
  it('is read as the ledger keeps it, or not at all when it is not the CA’s own device', async () => {
    const context = { crypto, now: new Date() };
    const makeCa = async () => {
      const keys = await generateKeyPair('P-256', crypto);
      const subject = { organization: 'Fab', commonName: 'CA' };
      const made = expectOk(await issueCaCertificate({ subject, validityDays: 30, keys }, context));
      return { keys, pem: made.pem, der: made.der };
    };
    const [ca, foreign] = [await makeCa(), await makeCa()];
    const issuer = expectOk(
      await createLeafIssuer(
        { caPem: ca.pem, caKey: ca.keys.privateKey, validityDays: 10, algorithm: 'P-256' },
        context,
      ),
    );
    const subject = { commonName: 'Pümpe, 1', organization: 'Fab + Söhne', serialNumber: 'S1' };
    const leaf = await issuer.issue(subject, await makeDeviceKey('P-256', crypto));
    const asNodeReadsIt = new X509Certificate(leaf.certificate);
    const der = toBase64(leaf.certificate);
    const longer = toBase64(Uint8Array.of(...leaf.certificate, 0));

    const [read, ...refused] = readBatchCertificates([der, toBase64(ca.der), longer, 'AAAA', ''], ca.pem);
    expect(read).toMatchObject({
      certificateId: asNodeReadsIt.fingerprint256.replaceAll(':', '').toLowerCase(),
      serial: asNodeReadsIt.serialNumber.toLowerCase(),
      commonName: subject.commonName,
      subject: { fields: subject, keyOrigin: 'console' },
    });
    expect(refused).toEqual([undefined, undefined, undefined, undefined]);
    // The same name and another key: only the signature tells them apart.
    expect(readBatchCertificates([der], foreign.pem)).toEqual([undefined]);
  });
});
