import { createHash } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { database } from '@/lib/db/database';
import { issuedCertificates } from '@/lib/db/schema/ledger';
import { startEmbeddedDatabase } from '@/lib/testing/embedded-database';
import { expectOk } from '@/lib/testing/expect-ok';
import { countDevicesOfCa, countRotation, remainingDevices } from './ca-devices';

const NOW = new Date('2026-11-22T12:00:00Z');
const heardAt = new Date('2026-11-22T11:00:00Z');
const [OLD, NEW] = ['a'.repeat(64), 'b'.repeat(64)];

type Has = {
  ca: string;
  state?: string;
  isExpired?: boolean;
  environment?: string;
  delivery?: 'reserved' | 'not-confirmed' | 'replaced' | 'given-up';
};
const row = (commonName: string, { ca, state, isExpired = false, environment = 'lab', delivery }: Has) => ({
  environment,
  certificateId: createHash('sha256').update(`${environment} ${ca} ${commonName} ${state}`).digest('hex'),
  caId: ca,
  serial: '01',
  subject: {},
  commonName,
  notBefore: new Date('2025-01-01T00:00:00Z'),
  notAfter: new Date(isExpired ? '2026-01-01T00:00:00Z' : '2030-01-01T00:00:00Z'),
  operatorId: 'o1',
  operatorName: 'Ada',
  delivery: delivery ?? ('delivered' as const),
  reservedAt: new Date('2025-01-01T00:00:00Z'),
  lastSeenState: state ?? null,
  lastSeenAt: state === undefined ? null : heardAt,
});

let running: AsyncDisposable;
beforeAll(async () => {
  running = await startEmbeddedDatabase();
  await database()
    .insert(issuedCertificates)
    .values([
      row('active', { ca: OLD, state: 'ACTIVE' }),
      row('moved', { ca: OLD, state: 'ACTIVE' }),
      row('moved', { ca: NEW, state: 'ACTIVE' }),
      row('pending', { ca: OLD, state: 'PENDING_ACTIVATION' }),
      row('unseen', { ca: OLD }),
      row('retired', { ca: OLD, state: 'INACTIVE' }),
      // Nobody has these two; somebody does use the third, whatever people said.
      row('replaced', { ca: OLD, delivery: 'replaced' }),
      row('given up', { ca: OLD, delivery: 'given-up' }),
      row('replaced and used', { ca: OLD, delivery: 'replaced', state: 'ACTIVE' }),
      row('expired', { ca: OLD, isExpired: true }),
      row('active', { ca: NEW, state: 'ACTIVE', environment: 'elsewhere' }),
    ]);
});
afterAll(() => running[Symbol.asyncDispose]());

it('counts the devices of a CA by what AWS last said of them, expired ones aside', async () => {
  expect(expectOk(await countDevicesOfCa('lab', OLD, NOW))).toEqual({
    issued: 8,
    neverSeen: 1,
    active: 3,
    pending: 1,
    lastHeardAt: heardAt,
    isPartial: false,
  });
});

it('counts nothing for a CA that nothing was issued under', async () => {
  expect(expectOk(await countDevicesOfCa('lab', 'c'.repeat(64), NOW))).toMatchObject({
    issued: 0,
    lastHeardAt: undefined,
  });
});

describe('a rotation', () => {
  const rotation = { environment: 'rotation', oldCaId: OLD, newCaId: NEW, now: NOW };
  const table: {
    name: string;
    fresh: Omit<Has, 'ca'>[];
    counts: 'moved' | 'issued' | 'neither';
    why: string;
  }[] = [
    { name: 'd1', fresh: [{ state: 'ACTIVE' }], counts: 'moved', why: 'was seen active with the new one' },
    { name: 'd2', fresh: [{ state: 'ACTIVE', delivery: 'not-confirmed' }], counts: 'moved', why: 'uses it' },
    {
      name: 'd3',
      fresh: [{ state: 'REVOKED' }, { state: 'ACTIVE' }],
      counts: 'moved',
      why: 'has a second one',
    },
    { name: 'd4', fresh: [{}], counts: 'issued', why: 'has it and has not connected with it' },
    { name: 'd5', fresh: [{ state: 'PENDING_ACTIVATION' }], counts: 'issued', why: 'was not let in yet' },
    { name: 'd6', fresh: [{ delivery: 'reserved' }], counts: 'neither', why: 'was not given out' },
    { name: 'd7', fresh: [{ delivery: 'not-confirmed' }], counts: 'neither', why: 'nobody knows who has it' },
    { name: 'd8', fresh: [{ state: 'ACTIVE', isExpired: true }], counts: 'neither', why: 'has expired' },
    { name: 'd9', fresh: [{ state: 'REVOKED' }], counts: 'neither', why: 'is revoked' },
    { name: 'd10', fresh: [{ state: 'INACTIVE' }], counts: 'neither', why: 'is switched off' },
    { name: 'd11', fresh: [{ state: 'DELETED' }], counts: 'neither', why: 'is deleted' },
    { name: 'd12', fresh: [], counts: 'neither', why: 'has none' },
    { name: '', fresh: [{ state: 'ACTIVE' }], counts: 'neither', why: 'could be anybody’s' },
  ];

  it.each(table)('counts “$name” as $counts: it $why', async ({ name, fresh, counts }) => {
    const { environment } = rotation;
    await database().delete(issuedCertificates).where(eq(issuedCertificates.environment, environment));
    const certificates = [{ ca: OLD, state: 'ACTIVE' }, ...fresh.map((has) => ({ ca: NEW, ...has }))];
    await database()
      .insert(issuedCertificates)
      .values(certificates.map((has) => row(name, { ...has, environment })));
    expect(expectOk(await countRotation(environment, rotation))).toEqual({
      devices: 1,
      moved: counts === 'moved' ? 1 : 0,
      issued: counts === 'issued' ? 1 : 0,
      isPartial: false,
    });
    const remaining = expectOk(await remainingDevices(environment, { ...rotation, limit: 10 }));
    expect(remaining.map(({ commonName, caId }) => ({ commonName, caId }))).toEqual(
      counts === 'moved' ? [] : [{ commonName: name, caId: OLD }],
    );
  });

  it('leaves out the old CA’s expired and retired devices, those that nobody has, and other environments', async () => {
    const lab = { oldCaId: OLD, newCaId: NEW, now: NOW };
    expect(expectOk(await countRotation('lab', lab))).toEqual({
      devices: 5,
      moved: 1,
      issued: 0,
      isPartial: false,
    });
    const remaining = expectOk(await remainingDevices('lab', { ...lab, limit: 10 }));
    expect(remaining.map(({ commonName }) => commonName).toSorted()).toEqual([
      'active',
      'pending',
      'replaced and used',
      'unseen',
    ]);
    expect(expectOk(await remainingDevices('lab', { ...lab, limit: 2 }))).toHaveLength(2);
  });
});
