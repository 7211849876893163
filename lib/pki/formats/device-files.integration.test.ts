import { describe, expect, test } from 'vitest';
import { createLeafIssuer, makeDeviceKey } from '@/lib/pki/bulk/leaf-issuer';
import { issueCaCertificate } from '@/lib/pki/ca-certificate';
import { generateKeyPair } from '@/lib/pki/key-algorithm';
import { expectOk } from '@/lib/testing/expect-ok';
import { OpenSsl } from '@/lib/testing/openssl';
import { deviceFiles } from './device-files';
import { DEVICE_FORMATS, type DeviceFormat, PLAIN_KEY_FORMATS } from './device-format';

const now = new Date();
const PASSPHRASE = 'correct horse battery';

async function makeDevice() {
  const keys = await generateKeyPair('P-256', crypto);
  const ca = expectOk(
    await issueCaCertificate({ subject: { organization: 'Fab' }, validityDays: 30, keys }, { crypto, now }),
  );
  const issuer = expectOk(
    await createLeafIssuer(
      { caPem: ca.pem, caKey: keys.privateKey, validityDays: 10, algorithm: 'P-256' },
      { crypto, now },
    ),
  );
  const leaf = await issuer.issue({ commonName: 'pump-1' }, await makeDeviceKey('P-256', crypto));
  return { leaf, ca };
}

async function filesOf(formats: readonly DeviceFormat[], { hasKey = true } = {}) {
  const { leaf, ca } = await makeDevice();
  const files = await deviceFiles(
    {
      key: hasKey ? leaf.key : undefined,
      certificate: leaf.certificate,
      thingName: 'pump-1',
      stem: 'pump-1',
      passphrase: PASSPHRASE,
    },
    {
      issuers: [ca.der],
      serverRootPem: 'root\n',
      serverRootName: '../server-root.pem',
      host: 'localhost',
      port: 8883,
    },
    { formats, pkcs12Mac: 'SHA-256', deviceClientDirectory: '/etc/device' },
    crypto,
  );
  return { files, leaf, ca };
}

describe('the files of a device', () => {
  test.each([
    [['pem'], ['pump-1.crt', 'pump-1-chain.crt', 'pump-1.key']],
    [['encrypted-key'], ['pump-1.crt', 'pump-1-chain.crt', 'pump-1.encrypted.key']],
    [['pkcs12'], ['pump-1.p12']],
    [['pkcs7'], ['pump-1.p7b']],
    [['der'], ['pump-1.cer', 'pump-1.key.der']],
    [['c-header'], ['pump-1.h']],
    [['zephyr'], ['pump-1-zephyr.h']],
    [['esp-idf-nvs'], ['pump-1.key', 'pump-1-chain.crt', 'pump-1-nvs.csv']],
    [['device-client'], ['pump-1.key', 'pump-1-chain.crt', 'pump-1-device-client.json']],
    [
      ['pem', 'device-client'],
      ['pump-1.crt', 'pump-1-chain.crt', 'pump-1.key', 'pump-1-device-client.json'],
    ],
  ] as const)('in %j are %j', async (formats, names) => {
    expect((await filesOf(formats)).files.map(({ name }) => name)).toEqual(names);
  });

  test.each(DEVICE_FORMATS)('%s marks exactly the files with the key as secret', async (format) => {
    const { files, leaf } = await filesOf([format]);
    const scalar = Buffer.from(leaf.key).toString('base64').slice(40, 60);
    const hasPlainKey = files.some(
      ({ content }) => Buffer.from(content).includes(scalar) || Buffer.from(content).equals(leaf.key),
    );
    expect(hasPlainKey).toBe(PLAIN_KEY_FORMATS.includes(format));
    for (const { name, isSecret } of files) {
      expect(isSecret, name).toBe(/\.(key|key\.der|p12|h)$/.test(name));
    }
  });

  test('of a device that keeps its own key have none', async () => {
    const { files } = await filesOf(DEVICE_FORMATS, { hasKey: false });
    expect(files.map(({ name }) => name)).toEqual([
      'pump-1.crt',
      'pump-1-chain.crt',
      'pump-1.p7b',
      'pump-1.cer',
    ]);
    expect(files.some(({ isSecret }) => isSecret)).toBe(false);
  });

  test('are one device to OpenSSL: key, certificate and chain belong together', async () => {
    using openssl = new OpenSsl();
    const { files, ca } = await filesOf(['pem', 'encrypted-key', 'der']);
    for (const { name, content } of files) openssl.write(name, content);
    openssl.write('ca.pem', ca.pem);
    openssl.write('passphrase', PASSPHRASE);
    expect(openssl.run('verify -CAfile ca.pem pump-1.crt')).toContain('OK');
    const publicKeys = [
      'x509 -in pump-1.crt -noout -pubkey',
      'x509 -inform DER -in pump-1.cer -noout -pubkey',
      'pkey -in pump-1.key -pubout',
      'pkey -inform DER -in pump-1.key.der -pubout',
      'pkey -in pump-1.encrypted.key -passin file:passphrase -pubout',
    ].map((command) => openssl.run(command));
    expect(new Set(publicKeys).size).toBe(1);
    expect(openssl.read('pump-1-chain.crt')).toBe(openssl.read('pump-1.crt') + ca.pem);
  });
});
