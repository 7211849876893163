import { X509Certificate } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fromHex, toHex } from '@/lib/pki/bytes';
import { issueCaCertificate } from '@/lib/pki/ca-certificate';
import { readSequence } from '@/lib/pki/der';
import { issueDeviceCertificate } from '@/lib/pki/device-certificate';
import { generateKeyPair, KEY_ALGORITHMS, type KeyAlgorithm } from '@/lib/pki/key-algorithm';
import { exportPkcs8 } from '@/lib/pki/private-key-pem';
import { checkSubject, SUBJECT_ATTRIBUTES, type Subject } from '@/lib/pki/subject';
import { expectOk } from '@/lib/testing/expect-ok';
import { OpenSsl } from '@/lib/testing/openssl';
import { ecdsaSignatureValue } from './ecdsa-signature';
import { createLeafIssuer, makeDeviceKey } from './leaf-issuer';
import { publicKeyInfo } from './public-key-info';

const now = new Date();
const SERIAL = '4a5b6c7d8e9fa0b1c2d3e4f501020304';

function withSerial(bytes: Uint8Array): Uint8Array {
  // As many as are drawn at once.
  for (let at = 0; at < bytes.length; at += SERIAL.length / 2) bytes.set(fromHex(SERIAL), at);
  return bytes;
}

/** WebCrypto with one serial for both ways of issuing. */
const fixedSerial = new Proxy(crypto, {
  get(target, name) {
    if (name === 'subtle') return target.subtle;
    if (name === 'getRandomValues') return withSerial;
    throw new Error(`issuing does not use ${String(name)}`);
  },
});

async function makeCa(algorithm: KeyAlgorithm) {
  const keys = await generateKeyPair(algorithm, crypto);
  const subject = { country: 'JP', organization: '東京 Fab' };
  const { pem } = expectOk(await issueCaCertificate({ subject, validityDays: 3650, keys }, { crypto, now }));
  return { caPem: pem, caKey: keys.privateKey, validityDays: 365 };
}

/** Also lengths beyond 127 bytes, where DER changes its form of length. */
const subjects: fc.Arbitrary<Subject> = fc
  .record(
    Object.fromEntries(
      SUBJECT_ATTRIBUTES.map(({ field, string, charactersMax }) => [
        field,
        field === 'country'
          ? fc.constantFrom('JP', 'de')
          : string === 'printableString'
            ? fc.stringMatching(/^[A-Za-z0-9()+,./:=?-]{1,60}$/)
            : fc.string({ unit: 'grapheme', minLength: 1, maxLength: charactersMax }),
      ]),
    ),
    { requiredKeys: [] },
  )
  .filter((subject) => checkSubject(subject).length === 0);

describe.each([
  { ca: 'RSA-2048', device: 'P-256' },
  { ca: 'RSA-2048', device: 'RSA-2048' },
  { ca: 'P-256', device: 'P-384' },
  { ca: 'P-384', device: 'P-256' },
] as const)('$device devices under a $ca CA', ({ ca: caAlgorithm, device }) => {
  test('get byte for byte what the library issues', { timeout: 60_000 }, async () => {
    const ca = await makeCa(caAlgorithm);
    const issuer = expectOk(
      await createLeafIssuer({ ...ca, algorithm: device }, { crypto: fixedSerial, now }),
    );
    const pair = await generateKeyPair(device, crypto);
    const key = await exportPkcs8(pair.privateKey, crypto);
    const publicKey = publicKeyInfo(key);
    if (publicKey === undefined) throw new Error('no public half');
    await fc.assert(
      fc.asyncProperty(subjects, async (subject) => {
        const direct = await issuer.issue(subject, { key, publicKey });
        const library = expectOk(
          await issueDeviceCertificate(
            { ...ca, subject, publicKey: pair.publicKey },
            { crypto: fixedSerial, now },
          ),
        );
        // ECDSA draws a number of its own for each signature; RSA PKCS #1 v1.5 does not.
        const signed = (der: Uint8Array) =>
          caAlgorithm.startsWith('RSA')
            ? der
            : (readSequence(der)
                ?.slice(0, 2)
                .map(({ bytes }) => bytes) ?? []);
        expect(signed(direct.certificate)).toEqual(signed(library.der));
      }),
      { numRuns: 40 },
    );
  });
});

test('OpenSSL verifies certificates of every kind of key, and each key is its certificate’s', {
  timeout: 60_000,
}, async () => {
  using openssl = new OpenSsl();
  for (const caAlgorithm of ['P-256', 'P-384', 'RSA-2048'] as const) {
    const ca = await makeCa(caAlgorithm);
    openssl.write('ca.pem', ca.caPem);
    for (const algorithm of KEY_ALGORITHMS.filter((each) => !/3072|4096/.test(each))) {
      const issuer = expectOk(await createLeafIssuer({ ...ca, algorithm }, { crypto, now }));
      const leaf = await issuer.issue({ commonName: 'pump-1' }, await makeDeviceKey(algorithm, crypto));
      openssl.write('leaf.der', leaf.certificate);
      openssl.write('leaf.key', leaf.key);
      openssl.run('x509 -inform DER -in leaf.der -out leaf.pem');
      expect(openssl.run('verify -x509_strict -purpose sslclient -CAfile ca.pem leaf.pem')).toContain('OK');
      // Sixteen octets, positive.
      expect(openssl.run('x509 -in leaf.pem -noout -serial').trim()).toMatch(/^serial=[4-7][0-9A-F]{31}$/);
      expect(openssl.run('pkey -inform DER -in leaf.key -pubout')).toBe(
        openssl.run('x509 -in leaf.pem -noout -pubkey'),
      );
    }
  }
});

test('certificates that are made side by side leave each other alone', { timeout: 60_000 }, async () => {
  const ca = await makeCa('P-384');
  const issuer = expectOk(await createLeafIssuer({ ...ca, algorithm: 'P-256' }, { crypto, now }));
  const key = await makeDeviceKey('P-256', crypto);
  // More than share a buffer, of many lengths.
  const names = Array.from({ length: 800 }, (_, index) => 'x'.repeat(1 + (index % 60)) + index);
  const leaves = await Promise.all(names.map((commonName) => issuer.issue({ commonName }, key)));
  const signer = new X509Certificate(ca.caPem).publicKey;
  leaves.forEach(({ certificate }, index) => {
    const read = new X509Certificate(certificate);
    expect([read.subject, read.verify(signer)]).toEqual([`CN=${names[index]}`, true]);
  });
  expect(new Set(leaves.map(({ certificate }) => certificate.buffer)).size).toBeGreaterThan(1);
});

test('a batch is refused before its first device where the CA or the validity does not allow it', async () => {
  const ca = await makeCa('P-256');
  const refused = await createLeafIssuer({ ...ca, validityDays: 0, algorithm: 'P-256' }, { crypto, now });
  expect(refused).toMatchObject({ ok: false, failure: { kind: 'validity-days' } });
});

test('a key without its public half is said to have none', async () => {
  // ECPrivateKey with version and key alone, which RFC 5915 allows.
  const bare = `3041020100301306072a8648ce3d020106082a8648ce3d030107042730250201010420${'11'.repeat(32)}`;
  expect(publicKeyInfo(fromHex(bare))).toBeUndefined();
  expect(publicKeyInfo(fromHex('3000'))).toBeUndefined();
});

test('every ECDSA signature becomes what OpenSSL would write', async () => {
  using openssl = new OpenSsl();
  const { privateKey, publicKey } = await generateKeyPair('P-256', crypto);
  openssl.write('public.der', new Uint8Array(await crypto.subtle.exportKey('spki', publicKey)));
  openssl.write('data', 'hello');
  await fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 32, maxLength: 32 }),
      fc.uint8Array({ minLength: 32, maxLength: 32 }),
      (r, s) => {
        const [left, right] = readSequence(ecdsaSignatureValue(Uint8Array.from([...r, ...s]))) ?? [];
        const number = (bytes: Uint8Array) => BigInt(`0x${toHex(bytes) || '0'}`);
        expect([left?.content, right?.content].map((each) => number(each ?? new Uint8Array()))).toEqual([
          number(r),
          number(s),
        ]);
        for (const { content } of [left, right].flatMap((each) => each ?? [])) {
          const [first = 0, second = 0x80] = content;
          expect(first).toBeLessThan(0x80);
          expect(content.length > 1 && first === 0 && second < 0x80).toBe(false);
        }
      },
    ),
  );
  const raw = await crypto.subtle.sign(
    { name: 'ECDSA', hash: 'SHA-256' },
    privateKey,
    new TextEncoder().encode('hello'),
  );
  openssl.write('signature', ecdsaSignatureValue(new Uint8Array(raw)));
  expect(openssl.run('dgst -sha256 -verify public.der -keyform DER -signature signature data')).toContain(
    'Verified OK',
  );
});
