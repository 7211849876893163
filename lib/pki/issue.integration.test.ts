import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { expectOk } from '@/lib/testing/expect-ok';
import { OpenSsl } from '@/lib/testing/openssl';
import { ARTICLE_CA, issueCaCertificate } from './ca-certificate';
import { certificateId } from './certificate-id';
import { checkCa } from './check-ca';
import { checkChain } from './check-chain';
import { createCsr } from './csr';
import { issueDeviceCertificate, issueFromCsr } from './device-certificate';
import { encryptPrivateKey } from './encrypted-pkcs8';
import { inspectCertificate } from './inspect-certificate';
import { generateKeyPair, KEY_ALGORITHMS } from './key-algorithm';
import { readPrivateKey } from './private-key';
import { exportPrivateKeyPem } from './private-key-pem';
import { createVerification } from './verification-certificate';

const now = new Date();
const context = { crypto, now };
const CODE = 'c0de'.repeat(16);
const DEVICE = {
  country: 'IN',
  stateName: 'Tōkyō-to',
  locality: '京都',
  organization: 'Ärzte, Fab + "Söhne"',
  organizationalUnit: 'Line 1',
  commonName: 'DemoThing',
  serialNumber: 'SN-0001',
  dnQualifier: 'lot 7',
};

async function makeCa(algorithm: (typeof KEY_ALGORITHMS)[number] = 'P-256', validityDays = 3650) {
  const keys = await generateKeyPair(algorithm, crypto);
  const subject = { country: 'JP', organization: '東京 Fab' };
  const { pem } = expectOk(await issueCaCertificate({ subject, validityDays, keys }, context));
  return { keys, caPem: pem, caKey: keys.privateKey };
}

describe.each(KEY_ALGORITHMS)('with a %s CA', (algorithm) => {
  test('OpenSSL verifies the CA, the verification pair and a device certificate', async () => {
    using openssl = new OpenSsl();
    const ca = await makeCa(algorithm);
    const verification = expectOk(await createVerification({ registrationCode: CODE, ...ca }, context));
    const { publicKey } = await generateKeyPair('P-256', crypto);
    const device = expectOk(
      await issueDeviceCertificate({ ...ca, subject: DEVICE, publicKey, validityDays: 365 }, context),
    );
    openssl.write('ca.pem', ca.caPem);
    openssl.write('verification.csr', verification.csr.pem);
    openssl.write('verification.pem', verification.certificate.pem);
    openssl.write('device.pem', device.pem);

    expect(openssl.run('verify -x509_strict -check_ss_sig -CAfile ca.pem ca.pem')).toContain('ca.pem: OK');
    expect(openssl.run('verify -x509_strict -CAfile ca.pem verification.pem')).toContain('OK');
    expect(openssl.run('verify -x509_strict -purpose sslclient -CAfile ca.pem device.pem')).toContain('OK');
    expect(openssl.shell('openssl req -verify -noout -subject -in verification.csr 2>&1')).toMatch(
      new RegExp(`verify OK[^]*CN = ${CODE}`),
    );
    expect(openssl.run('x509 -in verification.pem -noout -subject')).toContain(`CN = ${CODE}`);
    const hash = algorithm === 'P-384' ? 'SHA384' : 'SHA256';
    expect(openssl.run('x509 -in device.pem -noout -text').toUpperCase()).toContain(hash);
  });
});

test('the CA of the article is what the article makes, and what AWS asks for', async () => {
  using openssl = new OpenSsl();
  const keys = await generateKeyPair(ARTICLE_CA.algorithm, crypto);
  const ca = expectOk(await issueCaCertificate({ ...ARTICLE_CA, keys }, context));
  openssl.write('ca.pem', ca.pem);
  const text = openssl.run('x509 -in ca.pem -noout -text');
  expect(text).toContain('Subject: C = IN, O = AMZ');
  expect(text).toContain('Public-Key: (2048 bit)');
  expect(text).toMatch(/X509v3 Basic Constraints: critical\s+CA:TRUE\n/);
  expect(text).toMatch(/X509v3 Key Usage: critical\s+Certificate Sign, CRL Sign\n/);
  expect(text).toMatch(/X509v3 Subject Key Identifier:/);
  expect(text).toMatch(/X509v3 Authority Key Identifier:/);
  expect(expectOk(checkCa(ca.pem, now))).toEqual([]);
});

test.each([
  { key: 'P-256' as const, usage: 'Digital Signature', reason: 'an EC key cannot encipher' },
  {
    key: 'RSA-2048' as const,
    usage: 'Digital Signature, Key Encipherment',
    reason: 'TLS 1.2 RSA key exchange',
  },
])('a device certificate for $key is a client leaf: $reason', async ({ key, usage }) => {
  using openssl = new OpenSsl();
  const ca = await makeCa();
  const { publicKey } = await generateKeyPair(key, crypto);
  const device = expectOk(
    await issueDeviceCertificate({ ...ca, subject: DEVICE, publicKey, validityDays: 365 }, context),
  );
  openssl.write('device.pem', device.pem);
  const text = openssl.run('x509 -in device.pem -noout -text');
  expect(text).toMatch(/X509v3 Basic Constraints: critical\s+CA:FALSE\n/);
  expect(text).toMatch(new RegExp(`X509v3 Key Usage: critical\\s+${usage}\n`));
  expect(text).toMatch(/X509v3 Extended Key Usage: \s+TLS Web Client Authentication\n/);
});

test('OpenSSL reads the subject in our order, with the string types X.520 asks for', async () => {
  using openssl = new OpenSsl();
  const keys = await generateKeyPair('P-256', crypto);
  openssl.write('a.csr', expectOk(await createCsr({ subject: DEVICE, keys }, crypto)).pem);
  const subject = openssl.run('req -in a.csr -noout -subject -nameopt utf8,sep_comma_plus,sname,show_type');
  expect(subject.trim()).toBe(
    'subject=C=PRINTABLESTRING:IN,ST=UTF8STRING:Tōkyō-to,L=UTF8STRING:京都,' +
      'O=UTF8STRING:Ärzte, Fab + "Söhne",OU=UTF8STRING:Line 1,CN=UTF8STRING:DemoThing,' +
      'serialNumber=PRINTABLESTRING:SN-0001,dnQualifier=PRINTABLESTRING:lot 7',
  );
});

test('the issuer of a leaf is byte for byte the subject of a CA that OpenSSL made with old string types', async () => {
  using openssl = new OpenSsl();
  openssl.write(
    'c.cnf',
    '[req]\ndistinguished_name=d\nx509_extensions=v3\nstring_mask=nombstr\nprompt=no\n[d]\nC=DE\nO=M\u00fcller\nOU=a+OU=b\nCN=x\n[v3]\nbasicConstraints=CA:TRUE\n',
  );
  openssl.run('req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.pem -days 9 -config c.cnf -utf8');
  const caKey = expectOk(await readPrivateKey(openssl.read('ca.key'), { extractable: false }, crypto));
  const { publicKey } = await generateKeyPair('P-256', crypto);
  const later = new Date(Date.now() + 1000);
  const device = expectOk(
    await issueDeviceCertificate(
      { caPem: openssl.read('ca.pem'), caKey, subject: DEVICE, publicKey, validityDays: 365 },
      { crypto, now: later },
    ),
  );
  openssl.write('device.pem', device.pem);
  expect(openssl.run('verify -CAfile ca.pem device.pem')).toContain('OK');
  const nameopt = '-nameopt dump_all,dump_der,oid';
  expect(openssl.run(`x509 -in device.pem -noout -issuer ${nameopt}`).replace('issuer', 'subject')).toBe(
    openssl.run(`x509 -in ca.pem -noout -subject ${nameopt}`),
  );
});

test('a leaf never outlives its CA and never precedes it', async () => {
  const ca = await makeCa('P-256', 2);
  const { publicKey } = await generateKeyPair('P-256', crypto);
  const device = expectOk(
    await issueDeviceCertificate({ ...ca, subject: DEVICE, publicKey, validityDays: 365 }, context),
  );
  const caFacts = expectOk(await inspectCertificate(ca.caPem, crypto));
  const facts = expectOk(await inspectCertificate(device.pem, crypto));
  expect(facts.notBefore).toBe(caFacts.notBefore);
  expect(facts.notAfter).toBe(caFacts.notAfter);
});

test('dates beyond 2049 are GeneralizedTime and OpenSSL reads them', async () => {
  using openssl = new OpenSsl();
  const ca = await makeCa('P-256', 36_500);
  openssl.write('ca.pem', ca.caPem);
  expect(openssl.shell('openssl asn1parse -in ca.pem | grep -c GENERALIZEDTIME').trim()).toBe('1');
  expect(openssl.run('x509 -in ca.pem -noout -enddate')).toContain(
    String(new Date(now.getTime() + 36_500 * 86_400_000).getUTCFullYear()),
  );
});

test('a signing request of OpenSSL gets a certificate with its own subject, or with ours', async () => {
  using openssl = new OpenSsl();
  const ca = await makeCa();
  openssl.run('req -new -newkey rsa:2048 -nodes -keyout d.key -out d.csr -subj /C=IN/CN=DemoThing');
  const csr = openssl.read('d.csr');
  const own = expectOk(await issueFromCsr({ ...ca, csr, validityDays: 9 }, context));
  const ours = expectOk(
    await issueFromCsr({ ...ca, csr, subject: { commonName: 'Other' }, validityDays: 9 }, context),
  );
  openssl.write('own.pem', own.pem);
  openssl.write('ca.pem', ca.caPem);
  expect(openssl.run('verify -CAfile ca.pem own.pem')).toContain('OK');
  expect(openssl.run('x509 -in own.pem -noout -subject')).toContain('C = IN, CN = DemoThing');
  expect(expectOk(await inspectCertificate(ours.pem, crypto)).subject.text).toBe('CN=Other');
  expect(expectOk(await checkChain({ leaf: own.pem, ca: ca.caPem }, context))).toEqual([]);
});

test('a signing request whose signature does not verify is refused', async () => {
  using openssl = new OpenSsl();
  openssl.run('req -new -newkey rsa:2048 -nodes -keyout d.key -outform DER -out d.csr -subj /CN=DemoThing');
  const der = openssl.readBytes('d.csr');
  const at = Buffer.from(der).indexOf('DemoThing');
  der[at] = 'X'.charCodeAt(0);
  const ca = await makeCa();
  expect(await issueFromCsr({ ...ca, csr: der, validityDays: 9 }, context)).toEqual({
    ok: false,
    failure: { kind: 'csr-signature' },
  });
});

test.each([
  {
    openssl: '-newkey rsa:1024 -subj /CN=x',
    failure: { kind: 'public-key-too-short', bits: 1024, bitsMin: 2048 },
  },
  { openssl: '-newkey ed25519 -subj /CN=x', failure: { kind: 'public-key-unsupported', name: 'Ed25519' } },
  { openssl: '-newkey rsa:2048 -subj /', failure: { kind: 'csr-subject-empty' } },
  {
    openssl: '-newkey rsa:2048 -subj /CN=a\tb',
    failure: {
      kind: 'subject-refused',
      faults: [{ kind: 'subject-control-character', field: 'commonName' }],
    },
  },
])('a request of OpenSSL with $openssl is refused: $failure.kind', async ({ openssl: options, failure }) => {
  using openssl = new OpenSsl();
  openssl.run(`req -new ${options} -nodes -keyout d.key -out d.csr`);
  const ca = await makeCa();
  const issued = await issueFromCsr({ ...ca, csr: openssl.read('d.csr'), validityDays: 9 }, context);
  expect(issued).toEqual({ ok: false, failure });
});

test('the certificate id is the SHA-256 fingerprint that OpenSSL prints', async () => {
  using openssl = new OpenSsl();
  const { caPem } = await makeCa();
  openssl.write('ca.pem', caPem);
  openssl.run('x509 -in ca.pem -outform DER -out ca.der');
  const printed = openssl.run('x509 -in ca.pem -noout -fingerprint -sha256').trim().split('=')[1] ?? '';
  expect(await certificateId(openssl.readBytes('ca.der'), crypto)).toBe(
    printed.replaceAll(':', '').toLowerCase(),
  );
});

test.each([
  {
    algorithm: 'RSA-2048' as const,
    passphrase: 'correct horse battery',
    reason: 'longer than one 1024 byte block',
  },
  { algorithm: 'P-256' as const, passphrase: 'pässwörter 東京 🔑', reason: 'UTF-8 beyond the BMP' },
  { algorithm: 'P-384' as const, passphrase: `'"$(id)\\ and so on`, reason: 'what shells would touch' },
])('OpenSSL opens an encrypted $algorithm key: $reason', async ({ algorithm, passphrase }) => {
  using openssl = new OpenSsl();
  const { privateKey } = await generateKeyPair(algorithm, crypto);
  openssl.write('enc.key', expectOk(await encryptPrivateKey(privateKey, passphrase, crypto)));
  openssl.write('plain.key', await exportPrivateKeyPem(privateKey, crypto));
  openssl.write('pass.txt', passphrase);
  expect(openssl.run('pkey -in enc.key -passin file:pass.txt')).toBe(openssl.run('pkey -in plain.key'));

  const structure = openssl.run('asn1parse -in enc.key');
  expect(structure).toContain('hmacWithSHA256');
  expect(structure).toContain('aes-256-cbc');
  expect(structure).toContain(':0927C0'); // 600 000
  expect(structure).not.toMatch(/cons: (?:OCTET STRING|cont \[ 0 \]|EOC)/); // DER, not constructed BER
});

test('OpenSSL finds every serial positive and of 16 octets', async () => {
  const { keys } = await makeCa();
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 36_500 }), async (validityDays) => {
      const { pem } = expectOk(
        await issueCaCertificate({ subject: { commonName: 'x' }, validityDays, keys }, context),
      );
      expect(expectOk(await inspectCertificate(pem, crypto)).serialHex).toMatch(/^[4-7][0-9a-f]{31}$/);
    }),
    { numRuns: 20 },
  );
});
