import { describe, expect, test } from 'vitest';
import { expectOk } from '@/lib/testing/expect-ok';
import { OpenSsl } from '@/lib/testing/openssl';
import { issueCaCertificate } from './ca-certificate';
import { checkCa } from './check-ca';
import { createCsr } from './csr';
import { issueDeviceCertificate } from './device-certificate';
import { issueIntermediateCertificate } from './intermediate-certificate';
import { findIssuers, splitRoot } from './issuer-chain';
import { generateKeyPair, type KEY_ALGORITHMS } from './key-algorithm';
import { readPrivateKey } from './private-key';
import { intermediateCommand, intermediateExtensionsFile } from './sign-intermediate-command';

type Algorithm = (typeof KEY_ALGORITHMS)[number];

const now = new Date();
const context = { crypto, now };

async function makeRoot(algorithm: Algorithm = 'P-256', validityDays = 3650) {
  const keys = await generateKeyPair(algorithm, crypto);
  const subject = { organization: '東京 Fab', commonName: 'Fab root' };
  const { pem } = expectOk(await issueCaCertificate({ subject, validityDays, keys }, context));
  return { parentPem: pem, parentKey: keys.privateKey };
}

async function makeIntermediate(
  parent: { parentPem: string; parentKey: CryptoKey },
  { commonName = 'Line 1', validityDays = 1000 } = {},
) {
  const keys = await generateKeyPair('P-256', crypto);
  const request = { subject: { commonName }, validityDays, publicKey: keys.publicKey, ...parent };
  const made = await issueIntermediateCertificate(request, context);
  return { made, keys };
}

async function makeDevice(caPem: string, caKey: CryptoKey, at = now) {
  const { publicKey } = await generateKeyPair('P-256', crypto);
  const subject = { commonName: 'pump-1' };
  return expectOk(
    await issueDeviceCertificate(
      { caPem, caKey, subject, publicKey, validityDays: 365 },
      { crypto, now: at },
    ),
  );
}

describe.each(['P-256', 'P-384', 'RSA-2048'] as const)('below a %s root', (algorithm) => {
  test('OpenSSL verifies root, intermediate and device as one strict chain', async () => {
    using openssl = new OpenSsl();
    const root = await makeRoot(algorithm);
    const { made, keys } = await makeIntermediate(root);
    const { pem } = expectOk(made);
    openssl.write('root.pem', root.parentPem);
    openssl.write('line.pem', pem);
    openssl.write('device.pem', (await makeDevice(pem, keys.privateKey)).pem);

    expect(openssl.run('verify -x509_strict -CAfile root.pem line.pem')).toContain('OK');
    expect(
      openssl.run(
        'verify -x509_strict -purpose sslclient -show_chain -CAfile root.pem -untrusted line.pem device.pem',
      ),
    ).toMatch(/OK[\s\S]*depth=0[\s\S]*depth=1[\s\S]*depth=2/);
    const text = openssl.run('x509 -in line.pem -noout -text');
    expect(text).toMatch(/Basic Constraints: critical\s+CA:TRUE, pathlen:0\n/);
    expect(text).toMatch(/Key Usage: critical\s+Certificate Sign, CRL Sign\n/);
    expect(expectOk(checkCa(pem, now))).toEqual([]);
  });
});

test('the intermediate names its root by the identifier that the root has, and has one of its own', async () => {
  using openssl = new OpenSsl();
  const root = await makeRoot();
  openssl.write('root.pem', root.parentPem);
  openssl.write('line.pem', expectOk((await makeIntermediate(root)).made).pem);
  const identifier = (file: string, which: string) =>
    new RegExp(`X509v3 ${which} Key Identifier: \\s+(?:keyid:)?([0-9A-F:]+)`).exec(
      openssl.run(`x509 -in ${file} -noout -text`),
    )?.[1];
  expect(identifier('line.pem', 'Authority')).toBe(identifier('root.pem', 'Subject'));
  expect(identifier('line.pem', 'Subject')).not.toBe(identifier('root.pem', 'Subject'));
});

test('an intermediate ends with its root, however many days are asked for', async () => {
  using openssl = new OpenSsl();
  const root = await makeRoot('P-256', 30);
  openssl.write('root.pem', root.parentPem);
  openssl.write('line.pem', expectOk((await makeIntermediate(root, { validityDays: 3650 })).made).pem);
  const end = (file: string) => openssl.run(`x509 -in ${file} -noout -enddate`);
  expect(end('line.pem')).toBe(end('root.pem'));
});

test('an intermediate made here signs no further CA: OpenSSL would refuse the chain, so do we', async () => {
  const root = await makeRoot();
  const line = await makeIntermediate(root);
  const below = { parentPem: expectOk(line.made).pem, parentKey: line.keys.privateKey };
  const refused = (await makeIntermediate(below, { commonName: 'Line 1a' })).made;
  expect(refused).toMatchObject({ ok: false, failure: { kind: 'parent-path-length' } });
});

test.each([
  { reason: 'a device is no CA', of: 'device', kind: 'parent-not-ca' },
  { reason: 'the name would make it look self-signed', of: 'root', kind: 'subject-is-parents' },
] as const)('a parent is refused: $reason', async ({ of, kind }) => {
  const root = await makeRoot();
  const parentPem = of === 'root' ? root.parentPem : (await makeDevice(root.parentPem, root.parentKey)).pem;
  const keys = await generateKeyPair('P-256', crypto);
  const subject = { organization: '東京 Fab', commonName: 'Fab root' };
  const request = { subject, validityDays: 9, publicKey: keys.publicKey, parentKey: root.parentKey };
  const refused = await issueIntermediateCertificate({ ...request, parentPem }, context);
  expect(refused).toMatchObject({ ok: false, failure: { kind } });
});

test('a request made here is signed by an offline root with the command that is shown, and taken back', async () => {
  using openssl = new OpenSsl();
  openssl.run(
    'req -x509 -newkey rsa:2048 -nodes -keyout root.key -out root.pem -days 900 -subj /CN=Offline -addext keyUsage=critical,keyCertSign,cRLSign',
  );
  const keys = await generateKeyPair('P-256', crypto);
  const csr = expectOk(await createCsr({ subject: { commonName: 'Site north' }, keys }, crypto));
  openssl.write('site.csr', csr.pem);
  openssl.write('intermediate.cnf', intermediateExtensionsFile());
  const files = {
    csr: 'site.csr',
    certificate: 'site.pem',
    rootCertificate: 'root.pem',
    rootKey: 'root.key',
  };
  openssl.shell(intermediateCommand(files, 800));

  expect(openssl.run('verify -x509_strict -CAfile root.pem site.pem')).toContain('OK');
  const caPem = openssl.read('site.pem');
  // OpenSSL's begins at this moment, which is after the file's `now`.
  const later = new Date(now.getTime() + 60_000);
  expect(expectOk(checkCa(caPem, later))).toEqual([]);
  const chain = expectOk(await findIssuers(caPem, [openssl.read('root.pem')], context));
  expect(chain).toMatchObject({ isWhole: true, faults: [] });
  openssl.write('device.pem', (await makeDevice(caPem, keys.privateKey, later)).pem);
  expect(openssl.run('verify -x509_strict -CAfile root.pem -untrusted site.pem device.pem')).toContain('OK');
});

test('a root with a path length too short for what stands below it is named', async () => {
  using openssl = new OpenSsl();
  openssl.write(
    'root.cnf',
    '[req]\ndistinguished_name=d\nx509_extensions=v3\n[d]\n[v3]\nbasicConstraints=critical,CA:TRUE,pathlen:0\n',
  );
  openssl.run(
    'req -x509 -newkey rsa:2048 -nodes -keyout root.key -out root.pem -days 9 -subj /CN=Short -config root.cnf',
  );
  openssl.write('line.cnf', intermediateExtensionsFile());
  openssl.run('req -new -newkey rsa:2048 -nodes -keyout line.key -out line.csr -subj /CN=Line');
  openssl.run(
    'x509 -req -in line.csr -CA root.pem -CAkey root.key -CAcreateserial -out line.pem -extfile line.cnf',
  );
  const root = openssl.read('root.pem');
  const chain = expectOk(await findIssuers(openssl.read('line.pem'), [root], context));
  expect(chain.faults).toEqual([
    { kind: 'issuer-path-length', subject: 'CN=Short', pathLength: 0, below: 1 },
  ]);
  const parentKey = expectOk(await readPrivateKey(openssl.read('root.key'), { extractable: false }, crypto));
  const refused = (await makeIntermediate({ parentPem: root, parentKey })).made;
  expect(refused).toMatchObject({ ok: false, failure: { kind: 'parent-path-length' } });
});

test('only what signed the chain is kept of what was brought, in its order, and the root is told apart', async () => {
  const [root, stranger] = [await makeRoot(), await makeRoot()];
  const line = expectOk((await makeIntermediate(root)).made).pem;
  const chain = expectOk(await findIssuers(line, [stranger.parentPem, line, root.parentPem], context));
  const issuerPems = chain.issuers.map(({ pem }) => pem);
  expect(issuerPems).toEqual([root.parentPem]);
  expect(splitRoot(issuerPems)).toEqual({ intermediates: [], root: root.parentPem });
  expect(expectOk(await findIssuers(line, [stranger.parentPem], context))).toMatchObject({
    issuers: [],
    isWhole: false,
  });
  expect(expectOk(await findIssuers(root.parentPem, [line], context))).toMatchObject({
    issuers: [],
    isWhole: true,
  });
});

test('no key but the parent’s makes a chain', async () => {
  const root = await makeRoot();
  const foreign = await generateKeyPair('P-256', crypto);
  const { made } = await makeIntermediate({ parentPem: root.parentPem, parentKey: foreign.privateKey });
  const chain = expectOk(await findIssuers(expectOk(made).pem, [root.parentPem], context));
  expect(chain.issuers).toEqual([]);
});
