import { expect, test } from 'vitest';
import { createLeafIssuer, makeDeviceKey } from '@/lib/pki/bulk/leaf-issuer';
import { issueCaCertificate } from '@/lib/pki/ca-certificate';
import { readSequence } from '@/lib/pki/der';
import { generateKeyPair, type KeyAlgorithm } from '@/lib/pki/key-algorithm';
import { parsePem, printPem } from '@/lib/pki/pem';
import { expectOk } from '@/lib/testing/expect-ok';
import { OpenSsl } from '@/lib/testing/openssl';
import { writePkcs7 } from './pkcs7';
import { PKCS12_ITERATIONS_MIN, PKCS12_MACS, writePkcs12 } from './pkcs12';

const now = new Date();
const PASSPHRASE = 'pässwörd-東京';

async function makeDevice(algorithm: KeyAlgorithm) {
  const keys = await generateKeyPair('P-256', crypto);
  const subject = { organization: 'Fab' };
  const { pem: caPem, der: caDer } = expectOk(
    await issueCaCertificate({ subject, validityDays: 30, keys }, { crypto, now }),
  );
  const ca = { caPem, caKey: keys.privateKey, validityDays: 10 };
  const issuer = expectOk(await createLeafIssuer({ ...ca, algorithm }, { crypto, now }));
  const leaf = await issuer.issue({ commonName: 'pump-1' }, await makeDeviceKey(algorithm, crypto));
  return { ...leaf, caDer };
}

test.each([
  ...PKCS12_MACS.map((mac) => ({ mac, algorithm: 'P-256' as const })),
  { mac: 'SHA-256' as const, algorithm: 'RSA-2048' as const },
])(
  'OpenSSL opens a PKCS #12 with $mac and finds the $algorithm key, its certificate and the CA in it',
  async ({ mac, algorithm }) => {
    using openssl = new OpenSsl();
    const device = await makeDevice(algorithm);
    const pfx = await writePkcs12(
      {
        key: device.key,
        certificates: [device.certificate, device.caDer],
        friendlyName: 'pump-1 ポンプ',
        passphrase: PASSPHRASE,
        iterations: PKCS12_ITERATIONS_MIN,
        mac,
      },
      crypto,
    );
    openssl.write('device.p12', pfx);
    openssl.write('passphrase', PASSPHRASE);
    openssl.write('device.key', device.key);
    const pkcs12 = (...words: string[]) =>
      openssl.execute(['pkcs12', '-in', 'device.p12', '-passin', 'file:passphrase', ...words]);

    expect(pkcs12('-nocerts', '-noenc', '-out', 'out.key')).toBe('');
    const bare = openssl.run('pkey -in out.key');
    expect(bare).toBe(openssl.run('pkey -inform DER -in device.key'));
    const certificates = expectOk(parsePem(pkcs12('-nokeys')));
    expect(certificates.map(({ der }) => der)).toEqual([device.certificate, device.caDer]);
    expect(pkcs12('-nokeys', '-clcerts')).toContain('friendlyName');

    const described = openssl.shell(
      'openssl pkcs12 -in device.p12 -passin file:passphrase -info -noout 2>&1',
    );
    expect(described).toContain(
      `MAC: ${mac === 'SHA-1' ? 'sha1' : 'sha256'}, Iteration ${PKCS12_ITERATIONS_MIN}`,
    );
    expect(described).toMatch(
      /Shrouded Keybag: PBES2, PBKDF2, AES-256-CBC, Iteration 2048, PRF hmacWithSHA256/,
    );
    expect(described).toMatch(/PKCS7 Encrypted data: PBES2, PBKDF2, AES-256-CBC/);
    expect(() => openssl.shell('openssl pkcs12 -in device.p12 -passin pass:wrong -noout 2>&1')).toThrow();
  },
);

test('a PKCS #12 draws its salts and vectors anew each time', async () => {
  const device = await makeDevice('P-256');
  const request = {
    key: device.key,
    certificates: [device.certificate] as const,
    friendlyName: 'x',
    passphrase: PASSPHRASE,
    iterations: PKCS12_ITERATIONS_MIN,
    mac: 'SHA-256' as const,
  };
  const [one, two] = await Promise.all([writePkcs12(request, crypto), writePkcs12(request, crypto)]);
  const [safes, macs] = [one, two].map((pfx) =>
    readSequence(pfx)
      ?.slice(1)
      .map(({ bytes }) => Buffer.from(bytes).toString('hex')),
  );
  expect(safes).not.toEqual(macs);
  expect(one).toHaveLength(two.length);
});

test('OpenSSL lists every certificate of a P7B in its order', async () => {
  using openssl = new OpenSsl();
  const device = await makeDevice('P-256');
  openssl.write('chain.p7b', writePkcs7([device.certificate, device.caDer]));
  const listed = expectOk(parsePem(openssl.run('pkcs7 -inform DER -in chain.p7b -print_certs')));
  expect(listed.map(({ der }) => printPem('CERTIFICATE', der))).toEqual(
    [device.certificate, device.caDer].map((der) => printPem('CERTIFICATE', der)),
  );
});
