import { X509Certificate } from 'node:crypto';
import { afterAll, expect, it } from 'vitest';
import { createLeafIssuer, makeDeviceKey } from '@/lib/pki/bulk/leaf-issuer';
import { issueCaCertificate } from '@/lib/pki/ca-certificate';
import { generateKeyPair } from '@/lib/pki/key-algorithm';
import { expectOk } from '@/lib/testing/expect-ok';
import { OpenSsl } from '@/lib/testing/openssl';
import { readLeaf } from './read-leaf';
import { IssuerKey } from './verify-signature';

const openSsl = new OpenSsl();
afterAll(() => openSsl[Symbol.dispose]());

/** Of a certificate that can be read. */
function read(der: Uint8Array) {
  const leaf = readLeaf(Uint8Array.from(der));
  if (leaf === undefined) throw new Error('not read');
  return leaf;
}

it.each([
  ['UTCTime', '20491231235959Z', '2049-12-31T23:59:59.000Z'],
  ['GeneralizedTime', '20500101000000Z', '2050-01-01T00:00:00.000Z'],
  ['a leap day', '20480229120000Z', '2048-02-29T12:00:00.000Z'],
  ['no end, as AWS’s own write it', '99991231235959Z', '9999-12-31T23:59:59.000Z'],
])('dates are read to the second: %s', (_, end, iso) => {
  openSsl.run('ecparam -name prime256v1 -genkey -noout -out k');
  openSsl.run('req -new -x509 -key k -subj /CN=a -out ca.pem');
  openSsl.run('req -new -key k -subj /CN=a -out csr');
  openSsl.write('index', '');
  openSsl.write('serial', '01');
  openSsl.write(
    'ca.conf',
    '[ca]\ndefault_ca=c\n[c]\ndatabase=index\nserial=serial\nnew_certs_dir=.\npolicy=p\ndefault_md=sha256\nunique_subject=no\n[p]\ncommonName=supplied\n',
  );
  openSsl.run(
    `ca -batch -config ca.conf -cert ca.pem -keyfile k -in csr -out c.pem -startdate 19500101000000Z -enddate ${end}`,
  );
  openSsl.run('x509 -in c.pem -outform DER -out c.der');
  const leaf = read(openSsl.readBytes('c.der'));
  expect([leaf.notBefore.toISOString(), leaf.notAfter.toISOString()]).toEqual([
    '1950-01-01T00:00:00.000Z',
    iso,
  ]);
});

it('no certificate has a date that there is not', () => {
  const der = openSsl.readBytes('c.der');
  const at = Buffer.from(der).indexOf('500101000000Z');
  for (const date of [
    '501301000000Z',
    '500230000000Z',
    '500101240000Z',
    '500101006000Z',
    '50010100000 Z',
    '5001010000000',
  ]) {
    const changed = Buffer.from(der);
    changed.write(date, at, 'latin1');
    expect(readLeaf(Uint8Array.from(changed)), date).toBeUndefined();
  }
});

it('every signature of a CA is known again, short numbers in it too, and none that was changed', async () => {
  const context = { crypto, now: new Date() };
  const keys = await generateKeyPair('P-256', crypto);
  const made = await issueCaCertificate({ subject: { commonName: 'CA' }, validityDays: 9, keys }, context);
  const { pem: caPem, der } = expectOk(made);
  const options = { caPem, caKey: keys.privateKey, validityDays: 5, algorithm: 'P-256' } as const;
  const issuer = expectOk(await createLeafIssuer(options, context));
  const ca = new IssuerKey(read(der).publicKeyInfo, crypto);
  const key = await makeDeviceKey('P-256', crypto);
  let short = 0;
  // About one in three hundred is so short. That none of twenty thousand is, nobody will see.
  for (let index = 0; index < 200 || (short === 0 && index < 20_000); index += 1) {
    const { certificate } = await issuer.issue({ commonName: `pump-${index}` }, key);
    const leaf = read(certificate);
    expect(await ca.hasSigned(leaf)).toBe(true);
    if (leaf.signature.length < 70) short += 1;
    const signature = leaf.signature.slice();
    signature[signature.length - 1] = (signature.at(-1) ?? 0) ^ 1;
    if (index % 20 === 0) expect(await ca.hasSigned({ ...leaf, signature })).toBe(false);
    if (index % 20 === 0)
      expect(leaf.serialHex).toBe(new X509Certificate(certificate).serialNumber.toLowerCase());
  }
  expect(short).toBeGreaterThan(0);
});
