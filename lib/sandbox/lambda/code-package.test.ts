import fc from 'fast-check';
import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { codePackage, filesOf } from './code-package';

const zip = (files: Readonly<Record<string, string>>) =>
  zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])));

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
  ])('is refused: %#', (bytes, message) => {
    expect(() => codePackage(bytes)).toThrow(message);
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
