import fc from 'fast-check';
import { expect, it } from 'vitest';
import { writePkcs12 } from '@/lib/pki/formats/pkcs12';
import { openLockedFile } from './locked-file';

const PASSPHRASE = 'correct horse';

async function pkcs12(): Promise<Uint8Array<ArrayBuffer>> {
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign']);
  return writePkcs12(
    {
      key: new Uint8Array(await crypto.subtle.exportKey('pkcs8', pair.privateKey)),
      certificates: [Uint8Array.of(0x30, 0x00)],
      friendlyName: 'pump-1',
      passphrase: PASSPHRASE,
      iterations: 16,
      mac: 'SHA-256',
    },
    crypto,
  );
}

const open = (content: Uint8Array<ArrayBuffer>, name = 'a.p12') =>
  openLockedFile({ name, content }, PASSPHRASE, crypto);

it('any damage to PKCS #12 is a fault and no crash: its integrity check covers all of it', async () => {
  const file = await pkcs12();
  expect((await open(file)).ok).toBe(true);
  await fc.assert(
    fc.asyncProperty(fc.nat(file.length - 1), fc.integer({ min: 1, max: 255 }), async (at, change) => {
      const damaged = file.slice();
      damaged[at] = (damaged[at] ?? 0) ^ change;
      const opened = await open(damaged);
      // What stands before the content, and how the algorithms' empty parameters are written, no check covers.
      if (opened.ok) expect(equalParts(damaged, file)).toBe(true);
      else expect(['passphrase-wrong', 'locked-unreadable']).toContain(opened.failure.kind);
    }),
    { numRuns: 150 },
  );
});

/** Whether the content that the MAC is about is untouched: all but the ends of the file. */
const equalParts = (left: Uint8Array, right: Uint8Array): boolean =>
  Buffer.from(left.subarray(40, -120)).equals(Buffer.from(right.subarray(40, -120)));

it('does not count for hours where a file asks for it', async () => {
  const file = await pkcs12();
  // The last number of the file is how often the MAC's key is hashed.
  const many = file.slice();
  many.set([0x02, 0x01, 0x10], file.length - 3);
  expect(Buffer.from(many).equals(Buffer.from(file))).toBe(true);
  const bomb = withMacIterations(file, Uint8Array.of(0x02, 0x04, 0x7f, 0xff, 0xff, 0xff));
  expect(await open(bomb)).toMatchObject({ ok: false, failure: { kind: 'locked-unreadable' } });
});

/** Three lengths grow by as much as the number does: of the file, and of its MacData. */
function withMacIterations(file: Uint8Array, iterations: Uint8Array): Uint8Array<ArrayBuffer> {
  const grown = Buffer.concat([file.subarray(0, -3), iterations]);
  const more = iterations.length - 3;
  grown.writeUInt16BE(grown.readUInt16BE(2) + more, 2);
  // SEQUENCE of DigestInfo, salt and number: 0x30, one octet of length.
  const macAt = file.length - 3 - (2 + 16) - (2 + 2 + 13 + 2 + 32) - 2;
  expect(grown[macAt]).toBe(0x30);
  grown[macAt + 1] = (grown[macAt + 1] ?? 0) + more;
  return Uint8Array.from(grown);
}

it.each(['a.p12', 'a.encrypted.key'])('any bytes under the name of %s are a fault', async (name) => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
      expect(await open(Uint8Array.from(bytes), name)).toMatchObject({ ok: false });
    }),
  );
});
