import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeTable, decodeTableAs } from './text-encoding';

/** As Python's codecs encode them. */
const BYTES = {
  japanese: [
    0x96, 0xbc, 0x91, 0x4f, 0x2c, 0x91, 0x67, 0x90, 0x44, 0xa, 0x83, 0x7c, 0x83, 0x93, 0x83, 0x76, 0x2c, 0x93,
    0x8c, 0x8b, 0x9e,
  ],
  chinese: [
    0xc3, 0xfb, 0xb3, 0xc6, 0x2c, 0xd7, 0xe9, 0xd6, 0xaf, 0xa, 0xcb, 0xae, 0xb1, 0xc3, 0x2c, 0xc9, 0xee, 0xdb,
    0xda,
  ],
  german: [
    0x6e, 0x61, 0x6d, 0x65, 0x2c, 0x6f, 0x72, 0x67, 0xa, 0x4d, 0xfc, 0x6e, 0x63, 0x68, 0x65, 0x6e, 0x2c, 0x47,
    0x72, 0xf6, 0xdf, 0x65,
  ],
  russian: [0xed, 0xe0, 0xf1, 0xee, 0xf1],
};
const bytesOf = (name: keyof typeof BYTES) => Uint8Array.from(BYTES[name]);
const JAPANESE = '名前,組織\nポンプ,東京';
const CHINESE = '名称,组织\n水泵,深圳';
const GERMAN = 'name,org\nMünchen,Größe';

describe('the bytes of a table', () => {
  it.each([
    ['japanese', 'ja', JAPANESE, 'shift_jis', 'Japanese Excel'],
    ['chinese', 'zh-CN', CHINESE, 'gb18030', 'Chinese Excel'],
    ['german', 'en', GERMAN, 'windows-1252', 'Western Excel'],
    ['german', 'de-CH', GERMAN, 'windows-1252', 'a language of which nothing is known'],
    ['japanese', 'en', JAPANESE, 'shift_jis', 'bytes that are no Western text'],
  ] as const)('%s on a page in %s', (name, language, text, encoding, _reason) => {
    expect(decodeTable(bytesOf(name), language)).toEqual({ text, encoding });
  });

  it('are read anew as the person says', () => {
    expect(decodeTableAs(bytesOf('russian'), 'windows-1251')).toBe('насос');
    expect(decodeTableAs(bytesOf('japanese'), 'shift_jis')).toBe(JAPANESE);
  });

  it('are UTF-8 wherever they can be, on a page in any language', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.constantFrom('en', 'ja', 'zh-CN'), (text, language) => {
        fc.pre(!text.startsWith('\uFEFF'));
        expect(decodeTable(new TextEncoder().encode(text), language)).toEqual({ text, encoding: undefined });
      }),
    );
  });

  it('are UTF-16 with its mark, as Excel saves Unicode text', () => {
    const units = new Uint8Array(Uint16Array.from('\uFEFF名前\t1', (unit) => unit.charCodeAt(0)).buffer);
    expect(decodeTable(units, 'ja')).toEqual({ text: '名前\t1', encoding: undefined });
  });

  it.each(['en', 'ja', 'zh-CN'])('of an .xlsx are guessed to be no text on a page in %s', (language) => {
    const zip = Uint8Array.of(0x50, 0x4b, 3, 4, 0x14, 0, 6, 0, 8, 0, 0, 0, 0x21, 0, 0x62, 0xee, 0x9d, 0x68);
    expect(decodeTable(zip, language).encoding).toBeUndefined();
  });
});
