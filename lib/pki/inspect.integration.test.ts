import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectOk } from '@/lib/testing/expect-ok';
import { OpenSsl } from '@/lib/testing/openssl';
import { checkCa } from './check-ca';
import { checkChain } from './check-chain';
import { inspectCertificate } from './inspect-certificate';
import { recognise } from './recognise';

const soon = () => new Date(Date.now() + 5000);

/** The article's way: CA, then a leaf that `openssl x509 -req` makes without an extension file. */
function articleChain(openssl: OpenSsl): void {
  openssl.write('ca.cnf', '[v3_ca]\nbasicConstraints = CA:TRUE\n');
  openssl.run('genrsa -out ca.key 2048');
  openssl.run('req -new -sha256 -key ca.key -out ca.csr -subj /C=IN/O=AMZ');
  openssl.run(
    'x509 -req -days 3650 -extfile ca.cnf -extensions v3_ca -in ca.csr -signkey ca.key -out ca.pem',
  );
  openssl.run('req -new -newkey rsa:2048 -nodes -keyout d.key -out d.csr -subj /C=IN/CN=DemoThing');
  openssl.run('x509 -req -in d.csr -CA ca.pem -CAkey ca.key -CAcreateserial -out d.crt -days 365 -sha256');
}

test('a leaf of version 1 is read, and stands under its CA', async () => {
  using openssl = new OpenSsl();
  articleChain(openssl);
  const leaf = openssl.read('d.crt');
  const ca = openssl.read('ca.pem');
  const facts = expectOk(await inspectCertificate(leaf, crypto));
  const serial = openssl.run('x509 -in d.crt -noout -serial').trim().split('=')[1] ?? '';
  expect(facts).toMatchObject({
    version: 1,
    extensions: [],
    isCa: false,
    subject: { text: 'C=IN, CN=DemoThing' },
    issuer: { text: 'C=IN, O=AMZ' },
    publicKey: { type: 'RSA', bits: 2048 },
    signatureAlgorithm: 'SHA-256 with RSA',
    serialHex: serial.toLowerCase(),
    serialDecimal: BigInt(`0x${serial}`).toString(),
  });
  expect(facts.sha1).toBe(
    openssl
      .run('x509 -in d.crt -noout -fingerprint -sha1')
      .trim()
      .split('=')[1]
      ?.replaceAll(':', '')
      .toLowerCase(),
  );
  expect(expectOk(await checkChain({ leaf, ca }, { crypto, now: soon() }))).toEqual([]);
  expect(expectOk(checkCa(ca, soon()))).toEqual([]);
});

test('a chain is refused for each link that does not hold', async () => {
  using openssl = new OpenSsl();
  articleChain(openssl);
  openssl.run('req -x509 -newkey rsa:2048 -nodes -keyout o.key -subj /C=IN/O=AMZ -days 9 -out same-name.pem');
  openssl.run('req -x509 -newkey rsa:2048 -nodes -keyout p.key -subj /CN=Other -days 9 -out other.pem');
  const kinds = async (leaf: string, ca: string, now = soon()) => {
    const faults = await checkChain({ leaf: openssl.read(leaf), ca: openssl.read(ca) }, { crypto, now });
    return expectOk(faults).map(({ kind }) => kind);
  };
  expect(await kinds('d.crt', 'same-name.pem')).toEqual(['signature-invalid']);
  expect(await kinds('d.crt', 'other.pem')).toEqual(['issuer-differs', 'signature-invalid']);
  expect(await kinds('ca.pem', 'd.crt')).toContain('issuer-not-ca');
  expect(await kinds('d.crt', 'ca.pem', new Date(Date.now() + 400 * 86_400_000))).toEqual([
    'certificate-expired',
  ]);
  expect(await kinds('d.crt', 'ca.pem', new Date(0))).toEqual([
    'certificate-not-yet-valid',
    'certificate-not-yet-valid',
  ]);
});

describe('whether AWS IoT would register a CA', () => {
  test.each([
    { make: '-newkey rsa:2048 -addext basicConstraints=critical,CA:FALSE', kinds: ['ca-not-ca'] },
    { make: '-newkey rsa:1024', kinds: ['ca-key-too-short'] },
    { make: '-newkey rsa:2048 -sha1', kinds: ['ca-signature-algorithm'] },
    { make: '-newkey ed25519', kinds: ['ca-key-unsupported', 'ca-signature-algorithm'] },
    { make: '-newkey ec -pkeyopt ec_paramgen_curve:secp256k1', kinds: ['ca-key-unsupported'] },
    { make: '-newkey ec -pkeyopt ec_paramgen_curve:P-521 -sha512', kinds: [] },
    { make: '-newkey rsa:2048 -addext keyUsage=digitalSignature', kinds: ['ca-no-key-cert-sign'] },
    { make: '-newkey rsa:2048 -sigopt rsa_padding_mode:pss', kinds: [] },
  ])('$make: $kinds', ({ make, kinds }) => {
    using openssl = new OpenSsl();
    openssl.run(`req -x509 ${make} -nodes -keyout a.key -subj /CN=x -days 9 -out a.pem`);
    expect(expectOk(checkCa(openssl.read('a.pem'), soon())).map(({ kind }) => kind)).toEqual(kinds);
  });

  test.each([
    { now: new Date(0), kind: 'ca-not-yet-valid' },
    { now: new Date(Date.now() + 10 * 86_400_000), kind: 'ca-expired' },
  ])('$kind', ({ now, kind }) => {
    using openssl = new OpenSsl();
    openssl.run('req -x509 -newkey rsa:2048 -nodes -keyout a.key -subj /CN=x -days 9 -out a.pem');
    expect(expectOk(checkCa(openssl.read('a.pem'), now))).toMatchObject([{ kind }]);
  });
});

test('extensions are shown with the names and words of OpenSSL; exotic ones do not spoil a certificate', async () => {
  using openssl = new OpenSsl();
  openssl.execute([
    ...'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-384 -nodes -keyout a.key -days 9 -out a.pem'.split(
      ' ',
    ),
    ...['-subj', '/DC=org/CN=a, b\\+c/emailAddress=a@b.c+UID=7'],
    ...['-addext', 'subjectAltName=DNS:a.example,IP:127.0.0.1,otherName:1.2.3.4;UTF8:x'],
    ...['-addext', 'keyUsage=critical,digitalSignature,keyCertSign'],
    ...['-addext', 'extendedKeyUsage=clientAuth,1.2.3.4'],
    ...['-addext', 'nsComment=Easy-RSA Generated Certificate'],
    ...['-addext', '1.2.3.4.5=ASN1:UTF8String:x'],
  ]);
  const facts = expectOk(await inspectCertificate(openssl.read('a.pem'), crypto));
  const shown = Object.fromEntries(
    facts.extensions.map(({ name, value, critical }) => [name, { value, critical }]),
  );
  expect(facts.subject.text).toBe('DC=org, CN=a\\, b\\+c, UID=7+emailAddress=a@b.c');
  expect(shown).toMatchObject({
    basicConstraints: { value: 'CA:TRUE', critical: true },
    keyUsage: { value: 'digitalSignature, keyCertSign', critical: true },
    extKeyUsage: { value: 'clientAuth, 1.2.3.4', critical: false },
    nsComment: { value: 'Easy-RSA Generated Certificate' },
    '1.2.3.4.5': { value: '0c0178' },
    subjectAltName: { value: expect.stringMatching(/./) },
  });
  expect(facts).toMatchObject({ isCa: true, isSelfIssued: true, publicKey: { name: 'P-384', bits: 384 } });
});

describe('a dropped file is recognised by its content', () => {
  const openssl = new OpenSsl();
  beforeAll(() => {
    openssl.run('req -x509 -newkey rsa:2048 -nodes -keyout a.key -subj /CN=x -days 9 -out a.pem');
  });
  afterAll(() => openssl[Symbol.dispose]());

  test.each([
    { make: 'x509 -in a.pem -outform DER -out out', kinds: ['certificate'] },
    { make: 'req -new -key a.key -subj /CN=x -out out', kinds: ['csr'] },
    { make: 'req -new -key a.key -subj /CN=x -outform DER -out out', kinds: ['csr'] },
    { make: 'pkey -in a.key -out out', kinds: ['private-key'] },
    { make: 'rsa -in a.key -traditional -outform DER -out out', kinds: ['private-key'] },
    { make: 'pkcs8 -topk8 -in a.key -passout pass:x -outform DER -out out', kinds: ['private-key'] },
    { make: 'rsa -in a.key -traditional -aes128 -passout pass:x -out out', kinds: ['unsupported'] },
    { make: 'pkcs12 -export -inkey a.key -in a.pem -passout pass:x -out out', kinds: ['unsupported'] },
    { make: 'pkey -in a.key -pubout -out out', kinds: ['unknown'] },
    { make: 'x509 -in a.pem -text -out out', kinds: ['certificate'] },
    { make: 'x509 -in a.pem -addtrust clientAuth -trustout -out out', kinds: ['malformed'] },
  ])('$make', async ({ make, kinds }) => {
    openssl.run(make);
    const recognised = expectOk(await recognise(openssl.readBytes('out'), crypto));
    expect(recognised.map(({ kind }) => kind)).toEqual(kinds);
    expect(JSON.stringify(recognised)).not.toContain('PRIVATE KEY');
  });

  test('several blocks come in their order, the key among them named and not returned', async () => {
    const all = openssl.read('a.pem') + openssl.read('a.key') + openssl.read('a.pem');
    const recognised = expectOk(await recognise(all, crypto));
    expect(recognised.map(({ kind }) => kind)).toEqual(['certificate', 'private-key', 'certificate']);
    expect(recognised[1]).toEqual({ kind: 'private-key', isEncrypted: false });
  });

  test('whatever is cut off or altered is an answer, never an exception', async () => {
    openssl.run(
      'req -x509 -newkey rsa:2048 -nodes -keyout a.key -subj /CN=x -days 9 -outform DER -out a.der',
    );
    openssl.run('pkcs8 -topk8 -in a.key -passout pass:x -outform DER -out k.der');
    const sources = [openssl.readBytes('a.der'), openssl.readBytes('k.der')];
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...sources),
        fc.nat(),
        fc.nat(255),
        fc.boolean(),
        async (der, at, byte, cut) => {
          const bytes = cut ? der.slice(0, at % der.length) : der.with(at % der.length, byte);
          expect(await recognise(bytes, crypto)).toHaveProperty('ok');
        },
      ),
      { numRuns: 200 },
    );
  });
});
