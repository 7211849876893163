import { afterAll, beforeAll, expect, it } from 'vitest';
import { startEmbeddedDatabase } from '@/lib/testing/embedded-database';
import { issuersOf, recordIssuers } from './ca-issuers';
import { beginReplacement, markReplacement, replacementFor, replacementsAbout } from './replacements';

let running: AsyncDisposable;
beforeAll(async () => {
  running = await startEmbeddedDatabase();
});
afterAll(() => running[Symbol.asyncDispose]());

const operator = { id: 'o1', name: 'Ada' };
const at = (minute: number) => new Date(Date.UTC(2026, 10, 22, 10, minute));
const begin = (oldId: string, newId: string, minute: number, environment = 'lab') =>
  beginReplacement(
    {
      environment,
      oldCertificateId: oldId,
      newCertificateId: newId,
      newCaId: 'ca',
      newCertificatePem: `PEM of ${newId}`,
      operator,
    },
    at(minute),
  );

it('is found again by both of its certificates, in its own environment', async () => {
  await begin('old-1', 'new-1', 0);
  const row = await replacementFor('lab', 'old-1');
  expect(row).toMatchObject({
    newCertificateId: 'new-1',
    newCertificatePem: 'PEM of new-1',
    operatorName: 'Ada',
  });
  expect(await replacementsAbout('lab', 'new-1')).toEqual({ asOld: undefined, asNew: row });
  expect(await replacementsAbout('lab', 'old-1')).toEqual({ asOld: row, asNew: undefined });
  expect(await replacementFor('elsewhere', 'old-1')).toBeUndefined();
});

it('begun again with another certificate gives up what is not in place', async () => {
  await begin('old-2', 'lost', 0);
  await begin('old-2', 'kept', 1);
  expect((await replacementFor('lab', 'old-2'))?.newCertificateId).toBe('kept');
  expect(await replacementsAbout('lab', 'lost')).toEqual({ asOld: undefined, asNew: undefined });
});

it('asked for again after a lost answer stays what it is', async () => {
  await begin('old-3', 'new-3', 0);
  await markReplacement('lab', 'new-3', 'inPlaceAt', at(1));
  await begin('old-3', 'new-3', 2);
  expect(await replacementFor('lab', 'old-3')).toMatchObject({ beganAt: at(0), inPlaceAt: at(1) });
});

it('keeps the first time of every step', async () => {
  await begin('old-4', 'new-4', 0);
  await markReplacement('lab', 'new-4', 'retiredAt', at(1));
  await markReplacement('lab', 'new-4', 'retiredAt', at(2));
  expect((await replacementFor('lab', 'old-4'))?.retiredAt).toEqual(at(1));
});

it('given up, is not shown any more', async () => {
  await begin('old-5', 'new-5', 0);
  await markReplacement('lab', 'new-5', 'abandonedAt', at(1));
  expect(await replacementFor('lab', 'old-5')).toBeUndefined();
});

it('what stands above a CA is what was told last', async () => {
  const told = { environment: 'lab', caId: 'ca', operator };
  expect(await issuersOf('lab', 'ca')).toEqual([]);
  await recordIssuers({ ...told, issuerPems: ['ROOT'] }, at(0));
  await recordIssuers({ ...told, issuerPems: ['LINE', 'ROOT'] }, at(1));
  expect(await issuersOf('lab', 'ca')).toEqual(['LINE', 'ROOT']);
  expect(await issuersOf('elsewhere', 'ca')).toEqual([]);
});
