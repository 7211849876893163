import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { openBundle } from './open-bundle';

const plain = (name: string, text = name) => ({ name, bytes: strToU8(text) });
const names = (opened: ReturnType<typeof openBundle>) =>
  opened.ok ? opened.value.map(({ name }) => name) : opened.failure.kind;

describe('a dropped bundle', () => {
  it('is its files, those in ZIPs among them', () => {
    const zip = { name: 'b.zip', bytes: zipSync({ 'd/a.key': strToU8('a'), 'a.crt': strToU8('b') }) };
    expect(names(openBundle([plain('root.pem'), zip]))).toEqual(['root.pem', 'd/a.key', 'a.crt']);
  });

  it.each([
    {
      file: { name: 'x.zip', bytes: zipSync({}) },
      kind: ['x.zip'],
      why: 'an empty ZIP is no ZIP by its first bytes',
    },
    {
      file: plain('x.zip', 'PK\u0003\u0004 and no more'),
      kind: 'bundle-unreadable',
      why: 'a ZIP that is cut off',
    },
    {
      file: { name: 'x.zip', bytes: zipSync({ 'zeros.bin': new Uint8Array(4_000_000) }) },
      kind: 'bundle-too-big',
      why: 'few bytes that unpack to many',
    },
    {
      file: {
        name: 'x.zip',
        bytes: zipSync(
          Object.fromEntries(Array.from({ length: 65 }, (_, index) => [`${index}`, strToU8('x')])),
        ),
      },
      kind: 'bundle-too-many-files',
      why: 'more files than a bundle has',
    },
  ])('$why', ({ file, kind }) => {
    expect(names(openBundle([file]))).toEqual(kind);
  });

  it('never unpacks more than an entry declares', () => {
    const bytes = zipSync({ 'zeros.bin': new Uint8Array(400_000) });
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    // The central directory's uncompressed size (APPNOTE 4.3.12), made to lie.
    const directory = view.getUint32(bytes.length - 22 + 16, true);
    view.setUint32(directory + 24, 10, true);
    const opened = openBundle([{ name: 'x.zip', bytes }]);
    expect(opened.ok ? opened.value.map(({ bytes: content }) => content.length) : []).not.toContain(400_000);
  });
});
