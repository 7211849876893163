import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OpenSsl } from '@/lib/testing/openssl';
import { inspectCertificate } from './inspect-certificate';
import { isPkcs12, readPkcs12 } from './pkcs12';

const openSsl = new OpenSsl();
afterAll(() => openSsl[Symbol.dispose]());

const PASSPHRASE = 'correct horse ß';

beforeAll(() => {
  openSsl.shell(
    [
      'openssl req -x509 -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout ca.key -out ca.pem -days 9 -subj /CN=ca',
      'openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout d.key -out d.csr -subj /CN=press-1',
      'openssl x509 -req -in d.csr -CA ca.pem -CAkey ca.key -CAcreateserial -out d.pem -days 9',
    ].join(' && '),
  );
});

function made(options: string, passphrase = PASSPHRASE): Uint8Array {
  openSsl.execute([
    'pkcs12',
    '-export',
    ...'-inkey d.key -in d.pem -certfile ca.pem -out x.p12'.split(' '),
    ...options.split(' ').filter(Boolean),
    '-passout',
    `pass:${passphrase}`,
  ]);
  return openSsl.readBytes('x.p12');
}

const read = (bytes: Uint8Array, passphrase: string | undefined = PASSPHRASE) =>
  readPkcs12(bytes, passphrase, crypto);

async function namesIn(bytes: Uint8Array, passphrase = PASSPHRASE) {
  const content = await read(bytes, passphrase);
  if (!content.ok) throw new Error(content.failure.kind);
  const facts = await Promise.all(content.value.certificates.map((der) => inspectCertificate(der, crypto)));
  return {
    names: facts.map((each) => each.ok && each.value.subject.text),
    keyCount: content.value.keys.length,
  };
}

describe('a PKCS#12 file of OpenSSL', () => {
  it.each([
    { options: '', passphrase: PASSPHRASE, reason: "OpenSSL 3's defaults" },
    { options: '', passphrase: '', reason: 'an empty passphrase' },
    { options: '-certpbe AES-128-CBC -keypbe AES-128-CBC', passphrase: PASSPHRASE, reason: 'AES-128' },
    { options: '-certpbe NONE', passphrase: PASSPHRASE, reason: 'certificates in the clear' },
    { options: '-nomac', passphrase: PASSPHRASE, reason: 'no MAC' },
  ])('tells its certificates and that it has a key: $reason', async ({ options, passphrase }) => {
    const bytes = made(options, passphrase);
    expect(isPkcs12(bytes)).toBe(true);
    expect(await namesIn(bytes, passphrase)).toEqual({ names: ['CN=press-1', 'CN=ca'], keyCount: 1 });
  });

  it('without a key says so', async () => {
    expect(await namesIn(made('-nokeys'))).toMatchObject({ keyCount: 0 });
  });

  it('asks for a passphrase, and says that one is wrong', async () => {
    const bytes = made('');
    expect(await readPkcs12(bytes, undefined, crypto)).toEqual({
      ok: false,
      failure: { kind: 'passphrase-needed' },
    });
    for (const wrong of ['', 'correct horse', 'Correct horse ß']) {
      expect(await read(bytes, wrong)).toEqual({ ok: false, failure: { kind: 'passphrase-wrong' } });
    }
  });

  it('needs none where its certificates are in the clear, though its key is not', async () => {
    expect(await readPkcs12(made('-certpbe NONE'), undefined, crypto)).toMatchObject({
      value: { keys: [{ isShrouded: true }] },
    });
  });

  it.each([
    { options: '-legacy', what: 'PBE-SHA1-RC2-40' },
    { options: '-certpbe PBE-SHA1-3DES -keypbe PBE-SHA1-3DES', what: 'PBE-SHA1-3DES' },
  ])('in the manner of old tools names $what, and a command that opens it', async ({ options, what }) => {
    const answer = await readPkcs12(made(options), undefined, crypto);
    expect(answer).toMatchObject({ failure: { kind: 'key-encryption-unsupported', what } });
    if (answer.ok || !('command' in answer.failure)) throw new Error('no command');
    const line = answer.failure.command.replace('old.p12', 'x.p12');
    openSsl.shell(`${line} -passin 'pass:${PASSPHRASE}'`);
    expect(openSsl.read('certificates.pem')).toContain('BEGIN CERTIFICATE');
  });
});

it('any bytes are answered, and so is any damage to a good file', async () => {
  const good = made('-certpbe NONE -nomac');
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    fc.nat(good.length - 1).map((length) => good.slice(0, length)),
    fc.tuple(fc.nat(good.length - 1), fc.nat(255)).map(([at, value]) => good.with(at, value)),
  );
  await fc.assert(
    fc.asyncProperty(bytes, async (input) => {
      expect(typeof (await read(input, 'x')).ok).toBe('boolean');
      expect(typeof isPkcs12(input)).toBe('boolean');
    }),
    { numRuns: 300 },
  );
});
