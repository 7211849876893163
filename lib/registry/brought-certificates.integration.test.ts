/** Files as OpenSSL and Easy-RSA leave them, made by OpenSSL here. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseOpensslIndex } from '@/lib/pki/openssl-index';
import { recognise } from '@/lib/pki/recognise';
import { expectOk } from '@/lib/testing/expect-ok';
import { OpenSsl } from '@/lib/testing/openssl';
import { broughtCertificates, type KnownCa } from './brought-certificates';

const openssl = new OpenSsl();
afterAll(() => openssl[Symbol.dispose]());
// OpenSSL's certificates begin after this line, in the next second at times.
const NOW = { crypto, nowMs: Date.now() + 60_000 };

beforeAll(() => {
  openssl.shell(`openssl req -x509 -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout ca.key -out ca.crt -days 30 -subj "/CN=Easy-RSA CA"
openssl req -x509 -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout self.key -out self.crt -days 30 -subj "/CN=own-1" -addext basicConstraints=CA:FALSE
openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout client1.key -out client1.csr -subj "/CN=client1"
openssl x509 -req -in client1.csr -CA ca.crt -CAkey ca.key -set_serial 0x0A1B -days 30 -out client1.pem
openssl x509 -in client1.pem -text -out issued-client1.crt
openssl x509 -in client1.pem -outform DER -out client1.der
openssl pkcs12 -export -inkey client1.key -in client1.pem -passout pass:x -out client1.p12
openssl pkcs12 -in client1.p12 -passin pass:x -nokeys -out bag.pem`);
}, 60_000);

const read = async (...names: string[]) =>
  Promise.all(
    names.map(async (name) => ({ name, items: expectOk(await recognise(openssl.readBytes(name), crypto)) })),
  );

async function registeredCa(): Promise<KnownCa> {
  const [item] = expectOk(await recognise(openssl.readBytes('ca.crt'), crypto));
  if (item?.kind !== 'certificate') throw new Error('a CA is a certificate');
  return { caId: item.facts.certificateId, name: 'Easy-RSA CA', certificatePem: item.pem };
}

describe('the device certificates in what a person brings', () => {
  it.each([
    { file: 'client1.pem', why: 'plain PEM' },
    { file: 'issued-client1.crt', why: "Easy-RSA's issued/*.crt, with its text in front" },
    { file: 'bag.pem', why: 'PEM with bag attributes, out of a PKCS#12 file' },
    { file: 'client1.der', why: 'DER' },
  ])('are found in $file, $why, with the CA that signed them', async ({ file }) => {
    const ca = await registeredCa();
    const brought = await broughtCertificates(await read(file), [ca], [], NOW);
    expect(brought).toMatchObject([
      { name: 'client1', fileName: file, state: 'ready', ca: { caId: ca.caId } },
    ]);
  });

  it('are each there once, and the CA beside them is no device', async () => {
    const files = await read('client1.pem', 'client1.der', 'bag.pem', 'ca.crt');
    expect(await broughtCertificates(files, [], [], NOW)).toMatchObject([
      { name: 'client1', state: 'ready', ca: { name: 'Easy-RSA CA' } },
    ]);
  });

  it('can only stand alone when no known CA signed them', async () => {
    const files = await read('client1.pem', 'self.crt');
    const brought = await broughtCertificates(files, [], [], NOW);
    expect(brought.map(({ name, state, ca }) => ({ name, state, ca }))).toEqual([
      { name: 'client1', state: 'no-ca', ca: undefined },
      { name: 'own-1', state: 'no-ca', ca: undefined },
    ]);
  });

  it.each([
    { line: 'R\t330130120000Z\t260101120000Z\t0A1B\tunknown\t/CN=client1', state: 'revoked' },
    { line: 'V\t330130120000Z\t\t0A1B\tunknown\t/CN=client1', state: 'ready' },
    { line: 'R\t330130120000Z\t260101120000Z\t0A1B\tunknown\t/CN=other', state: 'ready' },
  ])('are $state by the index of their CA: $line', async ({ line, state }) => {
    const brought = await broughtCertificates(
      await read('client1.pem'),
      [await registeredCa()],
      parseOpensslIndex(line),
      NOW,
    );
    expect(brought).toMatchObject([{ state }]);
  });

  it.each([
    { nowMs: Date.now() + 40 * 86_400_000, state: 'expired' },
    { nowMs: Date.now() - 86_400_000, state: 'not-yet-valid' },
  ])('are $state at that time', async ({ nowMs, state }) => {
    const brought = await broughtCertificates(await read('client1.pem'), [], [], { crypto, nowMs });
    expect(brought).toMatchObject([{ state }]);
  });
});
