import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { deflateSync, strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { codePackage, filesOf } from './code-package';

const zip = (files: Readonly<Record<string, string>>) =>
  zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])));

/** With one bit turned of the text, which is stored as it is. */
function damaged(files: Readonly<Record<string, string>>, text: string): Uint8Array {
  const bytes = Object.fromEntries(Object.entries(files).map(([name, content]) => [name, strToU8(content)]));
  const archive = Buffer.from(zipSync(bytes, { level: 0 }));
  const at = archive.indexOf(text);
  archive.writeUInt8(archive.readUInt8(at) ^ 1, at);
  return archive;
}

const INFLATED = new Uint8Array(1 << 20);
const DEFLATED = deflateSync(INFLATED);

type Declared = { entries: number; packed: number; unpacked: number; method?: number };

/** A ZIP whose entries are all the same bytes; APPNOTE.TXT 4.3.7, 4.3.12 and 4.3.16. */
function handmade({ entries, packed, unpacked, method = 8 }: Declared): Uint8Array {
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  const directory = Array.from({ length: entries }, (_, index) => {
    const name = `file${index}`;
    const header = Buffer.alloc(46);
    header.writeUInt32LE(0x02014b50, 0);
    header.writeUInt16LE(method, 10);
    header.writeUInt32LE(crc32(INFLATED), 16);
    header.writeUInt32LE(packed, 20);
    header.writeUInt32LE(unpacked, 24);
    header.writeUInt16LE(name.length, 28);
    return Buffer.concat([header, Buffer.from(name)]);
  });
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries, 8);
  end.writeUInt32LE(local.length + DEFLATED.length, 16);
  return Buffer.concat([local, DEFLATED, ...directory, end]);
}

describe('a package', () => {
  it('is kept with the hash that Lambda shows', () => {
    const bytes = zip({ 'index.js': 'x' });
    const kept = codePackage(bytes);
    expect(kept.codeSha256).toMatch(/^[A-Za-z0-9+/]{43}=$/);
    expect(kept.codeBytes).toBe(bytes.length);
    expect([...filesOf(Buffer.from(kept.zipBase64, 'base64')).keys()]).toEqual(['index.js']);
  });

  it.each([
    [new Uint8Array(), /provide the code/, 'nothing'],
    [strToU8('no zip'), /Could not unzip/, 'no ZIP'],
    [damaged({ 'index.js': 'exports' }, 'exports'), /Could not unzip/, 'a file that was damaged on its way'],
    [zip({ '../x.js': '' }), /not one inside the package/, 'a path that leaves'],
    [zip({ '/etc/x': '' }), /not one inside the package/, 'an absolute path'],
    [zip({ 'a/../../x': '' }), /not one inside the package/, 'a path that leaves half-way'],
    [zip({ 'C:\\x': '' }), /not one inside the package/, 'a path of Windows'],
    [
      zip({ 'big.txt': 'a'.repeat(33 * 1024 * 1024) }),
      /Unzipped size/,
      'a file that unpacks to more than the bound',
    ],
    [
      zip(Object.fromEntries(Array.from({ length: 2001 }, (_, n) => [`f${n}`, '']))),
      /at most 2000 files/,
      'too many files',
    ],
    [zip({ [`a/${'é'.repeat(128)}.js`]: '' }), /longer than 255 bytes/, 'a name that no disk takes'],
    [zip({ a: 'x', 'a/b.js': 'x' }), /a as a file and as a folder/, 'a file in a file'],
    [zip({ 'a/': '', a: 'x' }), /a as a file and as a folder/, 'a folder that is a file'],
  ])('is refused: %#', (bytes, message) => {
    expect(() => codePackage(bytes)).toThrow(message);
  });

  it.each<[Declared, string, string]>([
    [{ entries: 1, packed: DEFLATED.length, unpacked: 1 << 20 }, 'kept', 'an honest one'],
    [{ entries: 2, packed: DEFLATED.length, unpacked: 1 << 20 }, 'refused', 'entries that share their bytes'],
    [{ entries: 1, packed: DEFLATED.length, unpacked: 0 }, 'refused', 'a size of nothing for a megabyte'],
    [{ entries: 1, packed: DEFLATED.length, unpacked: 5000 }, 'refused', 'a small size for a megabyte'],
    [{ entries: 1, packed: DEFLATED.length, unpacked: 2 << 20 }, 'refused', 'a size larger than the file'],
    [{ entries: 1, packed: 100, unpacked: 1 << 20 }, 'refused', 'more than DEFLATE can hold'],
    [{ entries: 1, packed: 0, unpacked: 1 << 20 }, 'refused', 'a megabyte from nothing'],
    [{ entries: 1, packed: 100, unpacked: 50, method: 0 }, 'refused', 'a stored file of another size'],
    [{ entries: 1, packed: 1 << 30, unpacked: 1 << 20 }, 'refused', 'more than the package has'],
  ])('is refused when its directory lies about sizes: %j, %s', (declared, end, _why) => {
    const bytes = handmade(declared);
    if (end === 'kept') expect(filesOf(bytes).get('file0')?.length).toBe(1 << 20);
    else expect(() => filesOf(bytes)).toThrow(/Could not unzip/);
  });

  it('of any bytes is a refusal or files inside it, never anything else', () => {
    const good = zip({ 'a/b.js': 'export {}', 'c.js': 'x' });
    const damaged = fc
      .tuple(fc.nat(good.length - 1), fc.nat(255))
      .map(([at, value]) => Uint8Array.from(good, (byte, index) => (index === at ? value : byte)));
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 300 }), damaged), (bytes) => {
        try {
          for (const name of filesOf(bytes).keys()) expect(name).not.toMatch(/^\/|(^|\/)\.\.(\/|$)/);
        } catch (error) {
          expect(error).toMatchObject({ code: 'InvalidParameterValueException' });
        }
      }),
      { numRuns: 300 },
    );
  });
});
