import { X509Certificate } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BatchSettings } from '@/lib/batch/batch-settings';
import { breachOf } from '@/lib/batch/profile';
import { startEmbeddedDatabase } from '@/lib/testing/embedded-database';
import { expectOk } from '@/lib/testing/expect-ok';
import { OpenSsl } from '@/lib/testing/openssl';
import { beginBatch } from './batches';
import { deliverBatch } from './end-batch';
import { batchOfCertificates, batchOfManifest } from './find-manifest';
import { isWithinTerms, termsFacts } from './profile-terms';
import {
  changeProfile,
  createProfile,
  findProfile,
  listProfiles,
  profileContent,
  removeProfile,
  toProfiles,
} from './profiles';

let running: AsyncDisposable;
beforeAll(async () => {
  running = await startEmbeddedDatabase();
});
afterAll(() => running[Symbol.asyncDispose]());

const now = new Date('2026-11-22T10:00:00Z');
const author = { environment: 'lab', operatorName: 'Ada', now };
const CONTENT = profileContent.parse({
  pattern: 'pump-{1..9}',
  subject: { country: 'DE' },
  algorithm: 'P-256',
  validityDaysMax: 365,
  formats: ['pem', 'pkcs12'],
  pkcs12Mac: 'SHA-256',
  layout: 'folders',
  passphraseRule: 'own',
});
const named = (name: string, translations = {}) => ({ name, translations, content: CONTENT });

describe('profiles', () => {
  it('are listed by name, in the reader’s language where they have one, in their environment alone', async () => {
    expectOk(await createProfile('1', named('Pumps', { ja: 'ポンプ', 'zh-CN': '' }), author));
    expectOk(await createProfile('2', named('Doors'), author));
    expectOk(await createProfile('1', named('Pumps'), { ...author, environment: 'other' }));
    const namesIn = async (locale: string) => (await listProfiles('lab', locale)).map(({ name }) => name);
    expect(await namesIn('en')).toEqual(['Doors', 'Pumps']);
    expect(await namesIn('ja')).toEqual(['Doors', 'ポンプ']);
    expect(await namesIn('zh-CN')).toEqual(['Doors', 'Pumps']);
    expect(toProfiles(await listProfiles('lab', 'en'))[1]).toEqual({
      id: '1',
      version: 1,
      name: 'Pumps',
      content: CONTENT,
    });
  });

  it('are not written over by who edited an older version, and have names of their own', async () => {
    expectOk(await changeProfile({ id: '1', version: 1 }, named('Pumps 2'), author));
    const late = await changeProfile({ id: '1', version: 1 }, named('Pumps 3'), author);
    expect(late).toEqual({ ok: false, failure: { kind: 'conflict', reason: 'profile-changed' } });
    const taken = { ok: false, failure: { kind: 'invalid-input', fields: { name: [{ code: 'taken' }] } } };
    expect(await changeProfile({ id: '1', version: 2 }, named('Doors'), author)).toEqual(taken);
    expect(await createProfile('3', named('Doors'), author)).toEqual(taken);
    expect(await findProfile('lab', '1')).toMatchObject({ name: 'Pumps 2', version: 2 });
  });

  it('are gone when they are deleted', async () => {
    await removeProfile('lab', '2');
    expect(await findProfile('lab', '2')).toBeUndefined();
    expect(await findProfile('other', '1')).toBeDefined();
  });

  it.each<[object, string]>([
    [{ pattern: 'pump-{9..1}' }, 'a pattern that runs backwards'],
    [{ subject: { country: 'Germany' } }, 'a country in words'],
    [{ subject: { commonName: 'pump-1' } }, 'a name, which is no profile’s'],
    [{ formats: [] }, 'no files'],
    [{ validityDaysMax: 0 }, 'no validity'],
    [{ passphrase: 'correct horse' }, 'a passphrase'],
  ])('do not take %j (%s)', (change) => {
    expect(profileContent.safeParse({ ...CONTENT, ...change }).success).toBe(false);
  });
});

const SETTINGS: BatchSettings = {
  keyOrigin: 'console',
  algorithm: 'P-256',
  validityDays: 365,
  formats: ['pkcs12', 'pem'],
  pkcs12Mac: 'SHA-256',
  layout: 'flat',
  passphraseRule: 'own',
};

describe('a batch', () => {
  it.each<[Partial<BatchSettings>, string | undefined, string]>([
    [{}, undefined, 'as agreed'],
    [{ validityDays: 30 }, undefined, 'for fewer days'],
    [{ validityDays: 366 }, 'validity', 'for a day too many'],
    [{ algorithm: 'P-384' }, 'algorithm', 'with another key'],
    [{ formats: ['pem'] }, 'formats', 'with a file less'],
    [{ formats: ['pem', 'pkcs12', 'der'] }, 'formats', 'with a file more'],
    [{ passphraseRule: 'common' }, 'passphrase', 'with one passphrase for all'],
    [
      { keyOrigin: 'device', formats: ['pem'], algorithm: 'RSA-2048', passphraseRule: 'none' },
      undefined,
      'of requests',
    ],
  ])('with %j breaches %s (%s)', (change, breach) => {
    expect(breachOf(CONTENT, { ...SETTINGS, ...change })).toBe(breach);
  });

  it('is known by its manifest, and by its devices', async () => {
    const batch = {
      environment: 'lab',
      id: 'b1',
      caId: 'a'.repeat(64),
      devices: 1,
      operatorId: 'o',
      operatorName: 'Ada',
      settings: {},
    };
    expectOk(await beginBatch(batch, now));
    expect(await batchOfManifest('lab', 'd'.repeat(64))).toBeUndefined();
    await deliverBatch(batch, 'd'.repeat(64), now);
    expect(await batchOfManifest('lab', 'd'.repeat(64))).toMatchObject({ id: 'b1' });
    expect(await batchOfManifest('other', 'd'.repeat(64))).toBeUndefined();
    expect(await batchOfCertificates('lab', ['e'.repeat(64)])).toBeUndefined();
  });
});

it('certificates are held to the validity and the key that OpenSSL reads in them', () => {
  using openssl = new OpenSsl();
  const make = (key: string, days: number) => {
    openssl.run(
      `req -x509 -new -newkey ${key} -nodes -keyout k.pem -out c.pem -days ${days} -subj /CN=pump-1`,
    );
    return termsFacts(Buffer.from(new X509Certificate(openssl.read('c.pem')).raw));
  };
  const P256 = 'ec -pkeyopt ec_paramgen_curve:P-256';
  const terms = { validityDaysMax: 30, algorithm: 'P-256' } as const;
  expect(isWithinTerms(terms, make(P256, 30))).toBe(true);
  expect(isWithinTerms(terms, make(P256, 31))).toBe(false);
  expect(isWithinTerms(terms, make('rsa:2048', 30))).toBe(false);
  expect(isWithinTerms({ ...terms, algorithm: 'RSA-2048' }, make('rsa:2048', 30))).toBe(true);
  expect(
    isWithinTerms({ ...terms, algorithm: undefined }, make('ec -pkeyopt ec_paramgen_curve:P-384', 30)),
  ).toBe(true);
});
