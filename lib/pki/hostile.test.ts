import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readCertificate } from './certificate';
import { readCsr } from './csr';
import { readPrivateKey } from './private-key';
import { recognise } from './recognise';

/** SEQUENCEs inside each other, as deep as the bound on bytes allows; each header is four bytes. */
function nested(levels: number): Uint8Array {
  const bytes = new Uint8Array(levels * 4);
  for (let level = 0; level < levels; level += 1) {
    const length = (levels - level - 1) * 4;
    bytes.set([0x30, 0x82, length >> 8, length & 0xff], level * 4);
  }
  return bytes;
}

test('every reader answers whatever bytes or text it gets', async () => {
  const bytes = fc.oneof(fc.uint8Array({ maxLength: 400 }), fc.string({ unit: 'binary' }));
  await fc.assert(
    fc.asyncProperty(bytes, async (input) => {
      expect(readCertificate(input).ok).toBe(false);
      expect((await readCsr(input, crypto)).ok).toBe(false);
      expect((await readPrivateKey(input, { extractable: false, passphrase: 'x' }, crypto)).ok).toBe(false);
      expect((await recognise(input, crypto)).ok).toBe(false);
    }),
    { numRuns: 300 },
  );
});

test('many blocks are read once each', async () => {
  const text = '-----BEGIN A-----\nAAAA\n-----END A-----\n'.repeat(6000);
  const recognised = await recognise(text, crypto);
  expect(recognised.ok && recognised.value.length).toBe(6000);
});

test.each([
  { label: 'OPENSSH PRIVATE KEY', what: 'OpenSSH' },
  { label: 'DSA PRIVATE KEY', what: 'DSA' },
])('a $label is named as $what', async ({ label, what }) => {
  const pem = `-----BEGIN ${label}-----\nAAAA\n-----END ${label}-----\n`;
  expect(await readPrivateKey(pem, { extractable: false }, crypto)).toMatchObject({ failure: { what } });
});

test('a certificate beyond the size that AWS takes is refused before it is parsed', () => {
  expect(readCertificate(nested(16_000))).toEqual({
    ok: false,
    failure: { kind: 'certificate-too-big', bytes: 64_000, bytesMax: 49_152 },
  });
});

test('deep nesting is refused, not followed', async () => {
  expect(await recognise(nested(16_000), crypto)).toEqual({ ok: false, failure: { kind: 'file-unknown' } });
});
