import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectOk } from '@/lib/testing/expect-ok';
import { OpenSsl } from '@/lib/testing/openssl';
import { keyMatchesCertificate } from './key-match';
import { readPrivateKey } from './private-key';

const PASSPHRASE = 'correct-horse';
/** Made once: RSA keys are slow. */
const RSA_KEY = execFileSync('openssl', ['genrsa', '2048'], { stdio: 'pipe' }).toString();
const plain = { extractable: false };
const encrypted = { extractable: false, passphrase: PASSPHRASE };

describe('keys that OpenSSL makes are read, and belong to the certificate made with them', () => {
  test.each([
    { form: 'PKCS#8 RSA', make: 'genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out a.key' },
    { form: 'PKCS#1 RSA, as old OpenSSL and cfssl', make: 'genrsa -traditional -out a.key 2048' },
    { form: 'SEC1 P-256, as cfssl', make: 'ecparam -name prime256v1 -genkey -noout -out a.key' },
    { form: 'SEC1 P-384 behind EC PARAMETERS', make: 'ecparam -name secp384r1 -genkey -out a.key' },
    { form: 'PKCS#8 P-256', make: 'genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out a.key' },
    {
      form: 'PBES2 by default',
      make: `genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -aes-256-cbc -pass pass:${PASSPHRASE} -out a.key`,
    },
    { form: 'PBES2 AES-128, as genrsa', make: `genrsa -aes128 -passout pass:${PASSPHRASE} -out a.key 2048` },
  ])('$form', async ({ make }) => {
    using openssl = new OpenSsl();
    openssl.run(make);
    openssl.run(`req -x509 -new -key a.key -passin pass:${PASSPHRASE} -subj /CN=x -days 9 -out a.pem`);
    openssl.run(
      `req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout other.key -subj /CN=x -days 9 -out other.pem`,
    );
    const key = expectOk(await readPrivateKey(openssl.read('a.key'), encrypted, crypto));
    expect(key.extractable).toBe(false);
    expect(expectOk(await keyMatchesCertificate(key, openssl.read('a.pem'), crypto))).toBe(true);
    expect(expectOk(await keyMatchesCertificate(key, openssl.read('other.pem'), crypto))).toBe(false);
  });

  test.each([
    { form: 'PKCS#8', convert: 'pkcs8 -topk8 -nocrypt -in a.key -outform DER -out a.der' },
    { form: 'PKCS#1', convert: 'rsa -traditional -in a.key -outform DER -out a.der' },
    {
      form: 'PBES2 with PBKDF2-HMAC-SHA-1',
      convert: `pkcs8 -topk8 -v2 aes-256-cbc -v2prf hmacWithSHA1 -in a.key -passout pass:${PASSPHRASE} -outform DER -out a.der`,
    },
    {
      form: 'PBES2 with PBKDF2-HMAC-SHA-512',
      convert: `pkcs8 -topk8 -v2 aes-128-cbc -v2prf hmacWithSHA512 -in a.key -passout pass:${PASSPHRASE} -outform DER -out a.der`,
    },
  ])('DER: $form', async ({ convert }) => {
    using openssl = new OpenSsl();
    openssl.write('a.key', RSA_KEY);
    openssl.run(convert);
    expectOk(await readPrivateKey(openssl.readBytes('a.der'), encrypted, crypto));
  });
});

describe('keys that cannot be used are named, and the command given makes one that can', () => {
  const openssl = new OpenSsl();
  beforeAll(() => {
    openssl.write('rsa.key', RSA_KEY);
  });
  afterAll(() => openssl[Symbol.dispose]());

  const P = `-passout pass:${PASSPHRASE}`;
  test.each([
    { what: 'DEK-Info AES-256-CBC', make: `rsa -in rsa.key -traditional -aes256 ${P} -out old.key` },
    { what: 'DEK-Info DES-EDE3-CBC', make: `rsa -in rsa.key -traditional -des3 ${P} -out old.key` },
    { what: 'PBE-SHA1-3DES', make: `pkcs8 -topk8 -in rsa.key -v1 PBE-SHA1-3DES ${P} -out old.key` },
    {
      what: 'PBES1 pbeWithMD5AndDES-CBC',
      make: `pkcs8 -topk8 -in rsa.key -v1 PBE-MD5-DES -provider legacy -provider default ${P} -out old.key`,
    },
    { what: 'DES-EDE3-CBC', make: `pkcs8 -topk8 -in rsa.key -v2 des3 ${P} -out old.key` },
    { what: 'AES-192-CBC', make: `pkcs8 -topk8 -in rsa.key -v2 aes-192-cbc ${P} -out old.key` },
    { what: 'scrypt', make: `pkcs8 -topk8 -in rsa.key -scrypt ${P} -out old.key` },
    {
      what: 'explicit EC parameters',
      make: 'ecparam -name prime256v1 -param_enc explicit -genkey -noout -out old.key',
    },
  ])('$what', async ({ what, make }) => {
    openssl.run(make);
    const read = await readPrivateKey(openssl.read('old.key'), encrypted, crypto);
    if (read.ok || !('command' in read.failure)) throw new Error(JSON.stringify(read));
    expect(read.failure.what).toBe(what);
    openssl.shell(
      `${read.failure.command} -passin pass:${PASSPHRASE} ${read.failure.command.includes('topk8') ? P : ''}`,
    );
    expectOk(await readPrivateKey(openssl.read('new.key'), encrypted, crypto));
  });

  test.each([
    { what: 'Ed25519', make: 'genpkey -algorithm ED25519 -out old.key' },
    { what: 'X25519', make: 'genpkey -algorithm X25519 -out old.key' },
    { what: 'secp256k1', make: 'ecparam -name secp256k1 -genkey -noout -out old.key' },
    { what: 'P-521', make: 'ecparam -name secp521r1 -genkey -noout -out old.key' },
    { what: 'brainpoolP256r1', make: 'ecparam -name brainpoolP256r1 -genkey -noout -out old.key' },
    { what: 'RSASSA-PSS', make: 'genpkey -algorithm RSA-PSS -pkeyopt rsa_keygen_bits:2048 -out old.key' },
    { what: 'DSA', make: 'genpkey -genparam -algorithm DSA -pkeyopt dsa_paramgen_bits:1024 -out dsa.pem' },
  ])('$what', async ({ what, make }) => {
    using openssl = new OpenSsl();
    openssl.run(make);
    if (what === 'DSA') openssl.run('genpkey -paramfile dsa.pem -out old.key');
    const read = await readPrivateKey(openssl.read('old.key'), plain, crypto);
    expect(read).toMatchObject({ ok: false, failure: { kind: 'key-algorithm-unsupported', what } });
  });

  test('PKCS#12 is named, and the command given takes it apart', async () => {
    using openssl = new OpenSsl();
    openssl.run('req -x509 -newkey rsa:2048 -nodes -keyout a.key -subj /CN=x -out a.pem');
    openssl.run(`pkcs12 -export -inkey a.key -in a.pem -passout pass:${PASSPHRASE} -out a.p12`);
    const read = await readPrivateKey(openssl.readBytes('a.p12'), plain, crypto);
    if (read.ok || !('command' in read.failure)) throw new Error(JSON.stringify(read));
    expect(read.failure).toMatchObject({ kind: 'key-format-unsupported', what: 'PKCS#12' });
    // As typed, but for the passphrases that OpenSSL would ask for.
    const typed = read.failure.command
      .replaceAll('old.p12', `a.p12 -passin pass:${PASSPHRASE}`)
      .replace('-aes256', `-aes256 -passout pass:${PASSPHRASE}`);
    openssl.shell(typed);
    const key = expectOk(await readPrivateKey(openssl.read('new.key'), encrypted, crypto));
    expect(expectOk(await keyMatchesCertificate(key, openssl.read('new.pem'), crypto))).toBe(true);
  });
});

describe('passphrases', () => {
  test.each([
    { passphrase: undefined, kind: 'passphrase-needed' },
    { passphrase: '', kind: 'passphrase-needed' },
    { passphrase: 'wrong', kind: 'passphrase-wrong' },
  ])('$passphrase answers $kind', async ({ passphrase, kind }) => {
    using openssl = new OpenSsl();
    openssl.write('rsa.key', RSA_KEY);
    openssl.run(`pkey -in rsa.key -aes256 -passout pass:${PASSPHRASE} -out a.key`);
    expect(
      await readPrivateKey(openssl.read('a.key'), { extractable: false, passphrase }, crypto),
    ).toMatchObject({
      failure: { kind },
    });
  });

  test('an iteration count that would hang the tab is refused before any work', async () => {
    using openssl = new OpenSsl();
    openssl.write('a.key', RSA_KEY);
    openssl.run(`pkcs8 -topk8 -in a.key -v2 aes256 -iter 65536 -passout pass:x -outform DER -out a.der`);
    const der = openssl.readBytes('a.der');
    // INTEGER 65536 is 02 03 01 00 00.
    der.set([2, 3, 0x7f, 0xff, 0xff], Buffer.from(der).indexOf(Buffer.of(2, 3, 1, 0, 0)));
    expect(await readPrivateKey(der, { extractable: false, passphrase: 'x' }, crypto)).toEqual({
      ok: false,
      failure: { kind: 'key-iterations', iterations: 0x7fffff, iterationsMax: 5_000_000 },
    });
  });
});

test('an RSA key below 2048 bits is too short', async () => {
  using openssl = new OpenSsl();
  openssl.run('genrsa -out a.key 1024');
  expect(await readPrivateKey(openssl.read('a.key'), plain, crypto)).toEqual({
    ok: false,
    failure: { kind: 'key-too-short', bits: 1024, bitsMin: 2048 },
  });
});
