/** What becomes of devices whose bundles nobody could confirm, once a later batch has issued them again. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { database } from '@/lib/db/database';
import { issuanceBatches } from '@/lib/db/schema/batches';
import { issuedCertificates } from '@/lib/db/schema/ledger';
import { startEmbeddedDatabase } from '@/lib/testing/embedded-database';
import { expectOk } from '@/lib/testing/expect-ok';
import { beginBatch } from './batches';
import { counts } from './counts';
import { deliverBatch, giveUpBatch } from './end-batch';
import { reissuesOf, replaceFormer, withFormer } from './issued-again';
import {
  confirmDevices,
  countNotConfirmed,
  countOutOfUse,
  giveUpDevices,
  notConfirmed,
} from './not-confirmed';
import { recordSeen } from './record';
import { namesTaken, reserveAll, thingsTaken } from './record-batch';

let running: AsyncDisposable;
beforeAll(async () => {
  running = await startEmbeddedDatabase();
});
afterAll(() => running[Symbol.asyncDispose]());
beforeEach(async () => {
  await database().delete(issuedCertificates);
  await database().delete(issuanceBatches);
});

const now = new Date('2026-11-22T10:00:00Z');
const later = new Date('2026-11-22T11:00:00Z');
const DIGEST = 'd'.repeat(64);
const keyOf = (batch: string) => ({ environment: 'lab', batch });
const idOf = (batch: string, index: number) => `${index}${batch}`.padEnd(64, '0');

async function begin(batch: string, names: readonly string[], reissueOf?: string) {
  const common = { environment: 'lab', caId: 'a'.repeat(64), operatorId: 'o1', operatorName: 'Ada' };
  const settings = { formats: ['pem'], ...(reissueOf && { reissueOf }) };
  expectOk(await beginBatch({ ...common, id: batch, devices: names.length, settings }, now));
  const rows = names.map((commonName, index) => ({
    ...common,
    certificateId: idOf(batch, index),
    serial: `${index}`,
    subject: {},
    commonName,
    notBefore: now,
    notAfter: later,
    batch,
  }));
  expectOk(await reserveAll(rows, now));
}

async function deliveries(batch: string): Promise<string[]> {
  const rows = await database()
    .select({
      id: issuedCertificates.certificateId,
      delivery: issuedCertificates.delivery,
      of: issuedCertificates.batch,
    })
    .from(issuedCertificates)
    .orderBy(issuedCertificates.certificateId);
  return rows.filter(({ of }) => of === batch).map(({ delivery }) => delivery);
}

describe('devices that a later batch issued again', () => {
  beforeEach(async () => {
    await begin('old', ['pump-0', 'pump-1', 'pump-2']);
    await giveUpBatch({ environment: 'lab', id: 'old' }, now);
  });

  it('are replaced once it is delivered, and those that it left out stay', async () => {
    await begin('new', ['pump-0', 'pump-1', 'valve'], 'old');
    expect(await deliveries('old')).toEqual(['not-confirmed', 'not-confirmed', 'not-confirmed']);
    expect(await deliverBatch({ environment: 'lab', id: 'new' }, DIGEST, later)).toEqual({ replaced: 2 });
    expect(await deliveries('old')).toEqual(['replaced', 'replaced', 'not-confirmed']);
    expect(await deliveries('new')).toEqual(['delivered', 'delivered', 'delivered']);
    expect(await deliverBatch({ environment: 'lab', id: 'new' }, DIGEST, later)).toEqual({ replaced: 0 });
    expect(expectOk(await countNotConfirmed(keyOf('old'), later))).toEqual({ devices: 1, seen: 0 });
    expect((await counts('lab')).notConfirmed).toBe(1);
    expect(await reissuesOf(keyOf('old'))).toEqual([{ id: 'new', state: 'delivered' }]);
  });

  it('stay not confirmed where it is given up, until somebody confirms its bundles', async () => {
    await begin('new', ['pump-0', 'pump-1'], 'old');
    await giveUpBatch({ environment: 'lab', id: 'new' }, later);
    expect(await deliveries('old')).not.toContain('replaced');
    await confirmDevices(keyOf('new'), [idOf('new', 1)], later);
    expect(await replaceFormer(keyOf('new'), later)).toBe(1);
    expect(await deliveries('old')).toEqual(['not-confirmed', 'replaced', 'not-confirmed']);
  });

  it('are replaced through a batch between that was given up itself', async () => {
    await begin('between', ['pump-0', 'pump-1'], 'old');
    await giveUpBatch({ environment: 'lab', id: 'between' }, now);
    await begin('new', ['pump-0'], 'between');
    expect(await withFormer('lab', 'new')).toEqual(['new', 'between', 'old']);
    expect(await deliverBatch({ environment: 'lab', id: 'new' }, DIGEST, later)).toEqual({ replaced: 2 });
    expect(await deliveries('old')).toEqual(['replaced', 'not-confirmed', 'not-confirmed']);
    expect(await deliveries('between')).toEqual(['replaced', 'not-confirmed']);
  });

  it('stay delivered where somebody found their bundles meanwhile', async () => {
    await begin('new', ['pump-0', 'pump-1'], 'old');
    await confirmDevices(keyOf('old'), [idOf('old', 0)], later);
    await deliverBatch({ environment: 'lab', id: 'new' }, DIGEST, later);
    expect(await deliveries('old')).toEqual(['delivered', 'replaced', 'not-confirmed']);
  });

  it('of another environment or of a batch that was not named are left alone', async () => {
    await begin('other', ['pump-0']);
    await giveUpBatch({ environment: 'lab', id: 'other' }, now);
    await begin('new', ['pump-0'], 'old');
    await deliverBatch({ environment: 'lab', id: 'new' }, DIGEST, later);
    expect(await deliveries('other')).toEqual(['not-confirmed']);
    expect(await replaceFormer({ environment: 'elsewhere', batch: 'new' }, later)).toBe(0);
  });

  it('are counted where AWS would still let their old certificates in', async () => {
    await recordSeen('lab', idOf('old', 0), 'ACTIVE', now);
    expect(expectOk(await countNotConfirmed(keyOf('old'), later))).toEqual({ devices: 3, seen: 1 });
    expect(await giveUpDevices(keyOf('old'), [idOf('old', 2)], later)).toBe(1);
    await begin('new', ['pump-0', 'pump-1'], 'old');
    await deliverBatch({ environment: 'lab', id: 'new' }, DIGEST, later);
    expect(expectOk(await countOutOfUse(keyOf('old')))).toEqual({
      replaced: 2,
      givenUp: 1,
      active: { replaced: 1, givenUp: 0 },
    });
  });
});

it('a name is free for the batch that issues it again, and taken for every other', async () => {
  await begin('old', ['pump-0', 'pump-1']);
  await giveUpBatch({ environment: 'lab', id: 'old' }, now);
  await confirmDevices(keyOf('old'), [idOf('old', 1)], later);
  await database().update(issuedCertificates).set({ thingName: 'thing' });
  const names = ['pump-0', 'pump-1'];
  expect(new Set(await namesTaken('lab', names))).toEqual(new Set(names));
  // One of them was delivered meanwhile: issuing it again needs a word.
  expect(await namesTaken('lab', names, { batches: ['old'], now: later })).toEqual(['pump-1']);
  expect(await namesTaken('lab', names, { batches: ['other'], now: later })).toHaveLength(2);
  expect(await thingsTaken('lab', ['thing'], { batches: ['old'], now: later })).toEqual(['thing']);
  await database().delete(issuedCertificates);
  await database()
    .insert(issuedCertificates)
    .values({
      ...{
        environment: 'lab',
        certificateId: 'f'.repeat(64),
        caId: 'a'.repeat(64),
        serial: '1',
        subject: {},
      },
      ...{ commonName: 'pump-0', notBefore: now, notAfter: later, operatorId: 'o1', operatorName: 'Ada' },
      ...{ delivery: 'delivered', reservedAt: now, batch: null },
    });
  expect(await namesTaken('lab', names, { batches: ['old'], now: later })).toEqual(['pump-0']);
});

it('some of a batch are told by the first digits of their ids', async () => {
  await begin('old', ['pump-0', 'pump-1', 'pump-2']);
  await giveUpBatch({ environment: 'lab', id: 'old' }, now);
  const chosen = [idOf('old', 1).slice(0, 16), 'f'.repeat(16)];
  const all = { after: undefined, limit: 10, now: later };
  const names = async (given: string[] | undefined) =>
    expectOk(await notConfirmed(keyOf('old'), { ...all, chosen: given })).map(({ commonName }) => commonName);
  expect(await names(chosen)).toEqual(['pump-1']);
  expect(await names(undefined)).toHaveLength(3);
});

it.each(['issue', 'name'] as const)('the list is read in pages without a gap, by %s', async (by) => {
  const names = ['valve', 'pump-2', 'pump-1', 'pump-10', 'fan'];
  await begin('old', names);
  await giveUpBatch({ environment: 'lab', id: 'old' }, now);
  const read: string[] = [];
  for (let after: string | undefined; ; ) {
    const page = expectOk(await notConfirmed(keyOf('old'), { after, limit: 2, now: later, by }));
    read.push(...page.map(({ commonName }) => commonName));
    after = page.at(-1)?.certificateId;
    if (after === undefined) break;
  }
  expect(read).toEqual(by === 'name' ? ['fan', 'pump-1', 'pump-10', 'pump-2', 'valve'] : names);
});
