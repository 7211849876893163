import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { database } from '@/lib/db/database';
import { issuedCertificates } from '@/lib/db/schema/ledger';
import { startEmbeddedDatabase } from '@/lib/testing/embedded-database';
import { expectOk } from '@/lib/testing/expect-ok';
import { countDevicesOfCa, countRotation, remainingDevices } from './ca-devices';

const NOW = new Date('2026-11-22T12:00:00Z');
const heardAt = new Date('2026-11-22T11:00:00Z');
const [OLD, NEW] = ['a'.repeat(64), 'b'.repeat(64)];

type Has = { ca: string; state?: string; isExpired?: boolean; environment?: string };
const row = (commonName: string, { ca, state, isExpired = false, environment = 'lab' }: Has) => ({
  environment,
  certificateId: createHash('sha256').update(`${environment} ${ca} ${commonName}`).digest('hex'),
  caId: ca,
  serial: '01',
  subject: {},
  commonName,
  notBefore: new Date('2025-01-01T00:00:00Z'),
  notAfter: new Date(isExpired ? '2026-01-01T00:00:00Z' : '2030-01-01T00:00:00Z'),
  operatorId: 'o1',
  operatorName: 'Ada',
  delivery: 'delivered' as const,
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
      row('moved', { ca: NEW }),
      row('pending', { ca: OLD, state: 'PENDING_ACTIVATION' }),
      row('unseen', { ca: OLD }),
      row('retired', { ca: OLD, state: 'INACTIVE' }),
      row('expired', { ca: OLD, isExpired: true }),
      row('active', { ca: NEW, environment: 'elsewhere' }),
    ]);
});
afterAll(() => running[Symbol.asyncDispose]());

it('counts the devices of a CA by what AWS last said of them, expired ones aside', async () => {
  expect(expectOk(await countDevicesOfCa('lab', OLD, NOW))).toEqual({
    issued: 5,
    neverSeen: 1,
    active: 2,
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

it('knows who has moved to the other CA, in this environment, and who is to move', async () => {
  const rotation = { oldCaId: OLD, newCaId: NEW, now: NOW };
  expect(expectOk(await countRotation('lab', rotation))).toEqual({ devices: 4, moved: 1, isPartial: false });
  const remaining = expectOk(await remainingDevices('lab', { ...rotation, limit: 10 }));
  expect(remaining.map(({ commonName }) => commonName).toSorted()).toEqual(['active', 'pending', 'unseen']);
});
