import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { database } from '@/lib/db/database';
import { issuedCertificates } from '@/lib/db/schema/ledger';
import { allowedCertificateIds, keepJitrSetUp } from '@/lib/ledger/jitr-set-ups';
import { defaultJitrSettings, type JitrSettings } from '@/lib/provisioning/jitr/settings';
import { startEmbeddedDatabase } from '@/lib/testing/embedded-database';
import { allowedIdsFor, readJitrSetUp } from './jitr-set-up';

let running: AsyncDisposable;
beforeAll(async () => {
  running = await startEmbeddedDatabase();
});
afterAll(() => running[Symbol.asyncDispose]());

const NOW = new Date('2026-11-22T10:00:00Z');
const CA = 'a'.repeat(64);
const OTHER_CA = 'b'.repeat(64);
const SETTINGS: JitrSettings = {
  ...defaultJitrSettings(CA, { kind: 'none' }),
  allowList: { kind: 'ledger' },
  revoked: { serials: ['1f'], nextUpdate: undefined },
};
const WHO = { changedById: 'o1', changedByName: 'Ada', changedAt: NOW };

describe('settings', () => {
  it('are read as they were kept, and the last ones count', async () => {
    const key = { environment: 'lab', caId: CA, ...WHO };
    await keepJitrSetUp({ ...key, settings: SETTINGS, deployedAt: null, deployedAllowed: null });
    await keepJitrSetUp({
      ...key,
      settings: { ...SETTINGS, rejection: 'revoke' },
      deployedAt: NOW,
      deployedAllowed: 2,
    });
    expect(await readJitrSetUp('lab', CA)).toEqual({
      settings: { ...SETTINGS, rejection: 'revoke' },
      changedByName: 'Ada',
      changedAt: NOW,
      deployedAt: NOW,
      deployedAllowed: 2,
    });
    expect(await readJitrSetUp('other', CA)).toBeUndefined();
  });

  it('of a version that is not known are none', async () => {
    const row = { environment: 'lab', caId: OTHER_CA, ...WHO, deployedAt: null, deployedAllowed: null };
    await keepJitrSetUp({ ...row, settings: { ...SETTINGS, scope: 'two-cas' } });
    expect(await readJitrSetUp('lab', OTHER_CA)).toBeUndefined();
  });
});

describe('the allow list of the ledger', () => {
  const row = (certificateId: string, changes: Partial<typeof issuedCertificates.$inferInsert> = {}) => ({
    environment: 'lab',
    certificateId: certificateId.repeat(32),
    caId: CA,
    serial: '1',
    subject: {},
    commonName: certificateId,
    notBefore: NOW,
    notAfter: NOW,
    operatorId: 'o1',
    operatorName: 'Ada',
    delivery: 'delivered' as const,
    reservedAt: NOW,
    ...changes,
  });
  beforeAll(async () => {
    await database()
      .insert(issuedCertificates)
      .values([
        row('01'),
        row('02', { origin: 'pem', lastSeenState: 'ACTIVE' }),
        row('03', { origin: 'sweep' }),
        row('04', { lastSeenState: 'REVOKED' }),
        row('05', { caId: OTHER_CA }),
        row('06', { environment: 'elsewhere' }),
      ]);
  });
  const ids = (...names: string[]) => names.map((name) => name.repeat(32));

  it('has what was issued or brought in under the CA: nothing that a sweep found, nothing revoked', async () => {
    expect(await allowedIdsFor('lab', CA, SETTINGS)).toEqual({ ids: ids('01', '02'), total: 2 });
  });

  it('has those of every CA where the set-up is for all', async () => {
    const { ids: all } = await allowedIdsFor('lab', CA, { ...SETTINGS, scope: 'all-cas' });
    expect(all).toEqual(ids('01', '02', '05'));
  });

  it('says how many there are where it does not hold all', async () => {
    expect(await allowedCertificateIds('lab', CA, 1)).toEqual({ ids: ids('01'), total: 2 });
  });

  it('is not asked for where no list is wanted', async () => {
    const none = { ...SETTINGS, allowList: { kind: 'none' } } as const;
    expect(await allowedIdsFor('lab', CA, none)).toEqual({ ids: [], total: 0 });
  });
});
