import fc from 'fast-check';
import { strToU8, zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OpenSsl } from '@/lib/testing/openssl';
import { type Brought, readBrought } from './read-brought';

const openSsl = new OpenSsl();
afterAll(() => openSsl[Symbol.dispose]());

beforeAll(() => {
  openSsl.shell(
    [
      'openssl req -x509 -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout ca.key -out ca.pem -days 9 -subj /CN=ca',
      'openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout d.key -out d.csr -subj /CN=press-1',
      'openssl x509 -req -in d.csr -CA ca.pem -CAkey ca.key -CAcreateserial -out d.pem -days 9',
      'openssl x509 -in d.pem -outform DER -out d.der',
      'cat d.pem ca.pem > chain.pem',
      'cat ca.pem d.pem > reversed.pem',
      'openssl pkcs12 -export -inkey d.key -in d.pem -certfile ca.pem -out d.p12 -passout pass:sesame',
    ].join(' && '),
  );
});

const read = (bytes: Uint8Array, passphrase?: string) =>
  readBrought({ name: 'x', bytes }, passphrase, crypto);

async function filesOf(bytes: Uint8Array, passphrase?: string): Promise<Extract<Brought, { kind: 'files' }>> {
  const answer = await read(bytes, passphrase);
  if (!answer.ok || answer.value.kind !== 'files') throw new Error(JSON.stringify(answer));
  return answer.value;
}

const kindsIn = ({ items }: Extract<Brought, { kind: 'files' }>) => items.map(({ kind }) => kind);

describe('a file that somebody has of a device', () => {
  it.each([
    { name: 'd.pem', kinds: ['certificate'], leaf: 'CN=press-1', chain: 'absent' },
    { name: 'd.der', kinds: ['certificate'], leaf: 'CN=press-1', chain: 'absent' },
    { name: 'chain.pem', kinds: ['certificate', 'certificate'], leaf: 'CN=press-1', chain: 'leaf-first' },
    {
      name: 'reversed.pem',
      kinds: ['certificate', 'certificate'],
      leaf: 'CN=press-1',
      chain: 'issuer-first',
    },
    { name: 'ca.pem', kinds: ['certificate'], leaf: undefined, chain: 'absent' },
    { name: 'd.csr', kinds: ['csr'], leaf: undefined, chain: 'absent' },
    { name: 'd.key', kinds: ['private-key'], leaf: undefined, chain: 'absent' },
  ])('$name has $kinds', async ({ name, kinds, leaf, chain }) => {
    const brought = await filesOf(openSsl.readBytes(name));
    expect(kindsIn(brought)).toEqual(kinds);
    expect(brought.container).toBe('file');
    expect(brought.bundle).toMatchObject({ chain });
    expect(brought.bundle.leaf?.facts.subject.text).toBe(leaf);
  });

  it('as PKCS#12 opens with its passphrase, and its key stays closed', async () => {
    const bytes = openSsl.readBytes('d.p12');
    expect(await read(bytes)).toMatchObject({ failure: { kind: 'passphrase-needed' } });
    expect(await read(bytes, 'wrong')).toMatchObject({ failure: { kind: 'passphrase-wrong' } });
    const brought = await filesOf(bytes, 'sesame');
    expect(kindsIn(brought)).toEqual(['certificate', 'certificate', 'private-key']);
    expect(brought).toMatchObject({ container: 'pkcs12', bundle: { chain: 'leaf-first' } });
  });

  it('as a ZIP is opened, PKCS#12 and DER in it too', async () => {
    const zipped = zipSync({
      'press/d.der': openSsl.readBytes('d.der'),
      'press/d.key': openSsl.readBytes('d.key'),
      'read-me.txt': strToU8('Hello'),
      'store.p12': openSsl.readBytes('d.p12'),
    });
    expect(await read(zipped)).toMatchObject({ failure: { kind: 'passphrase-needed' } });
    const brought = await filesOf(zipped, 'sesame');
    expect(brought.container).toBe('zip');
    expect(kindsIn(brought)).toEqual([
      'certificate',
      'private-key',
      'certificate',
      'certificate',
      'private-key',
    ]);
    expect(brought.bundle.leaf?.facts.subject.text).toBe('CN=press-1');
  });

  it('without any of these is text for another reader', async () => {
    expect(await read(strToU8('Error: The connection was lost.'))).toEqual({
      ok: true,
      value: { kind: 'text', text: 'Error: The connection was lost.' },
    });
    expect(await read(zipSync({ a: strToU8('nothing') }))).toMatchObject({
      failure: { kind: 'file-unknown' },
    });
    expect(await read(Uint8Array.of(0x30, 3, 2, 1, 0))).toMatchObject({ failure: { kind: 'file-unknown' } });
  });

  it('beyond its bound is not read', async () => {
    expect(await read(new Uint8Array(400_000))).toMatchObject({ failure: { kind: 'file-too-big' } });
  });

  it('never answers with anything of a key', async () => {
    const all = openSsl.read('d.key') + openSsl.read('chain.pem') + openSsl.read('ca.key');
    const said = JSON.stringify(await filesOf(strToU8(all)));
    for (const key of ['d.key', 'ca.key']) {
      const body = openSsl.read(key).split('\n').slice(1, -2).join('');
      expect(said).not.toContain(body.slice(40, 64));
    }
    expect(said).not.toContain('PRIVATE KEY');
  });
});

it('any bytes are answered', async () => {
  const magic = fc.constantFrom(
    [],
    [0x50, 0x4b, 3, 4],
    [0x30, 0x82],
    [0x30, 0x80, 2, 1, 3, 0x30],
    [0xff, 0xfe],
  );
  await fc.assert(
    fc.asyncProperty(magic, fc.uint8Array({ maxLength: 300 }), async (begin, rest) => {
      const answer = await read(Uint8Array.of(...begin, ...rest), 'x');
      expect(typeof answer.ok).toBe('boolean');
    }),
    { numRuns: 300 },
  );
});
