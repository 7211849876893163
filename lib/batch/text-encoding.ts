/**
 * Texts as bytes: Unicode where it can be, else as spreadsheets save CSV in the code page of their country (WHATWG Encoding Standard).
 * @module
 */

/** What Excel's plain "CSV" is in, by country. */
export const LEGACY_ENCODINGS = [
  'shift_jis',
  'gb18030',
  'big5',
  'euc-kr',
  'windows-1252',
  'windows-1250',
  'windows-1251',
] as const;
export type LegacyEncoding = (typeof LEGACY_ENCODINGS)[number];

/** `encoding` is undefined where there is no doubt: UTF-8, or UTF-16 with its mark as Excel saves "Unicode text". */
export type DecodedText = { text: string; encoding: LegacyEncoding | undefined };

/** Those that many byte sequences are wrong in, before the one in which every byte is a character. */
const GUESSED: readonly LegacyEncoding[] = ['shift_jis', 'gb18030', 'windows-1252'];
const OF_LANGUAGE: ReadonlyMap<string, LegacyEncoding> = new Map([
  ['ja', 'shift_jis'],
  ['zh', 'gb18030'],
]);

/** What no text has. windows-1252 turns bytes that it has no character for into U+0080 to U+009F; half of Shift_JIS begins with such bytes. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: looking for them is the point
const UNLIKELY = /[\u0000-\u0008\u000e-\u001f\u007f-\u009f]/;

/**
 * The text, by the first encoding in which it is whole: UTF-8 (no other text is valid UTF-8 by chance), then what people of the page's
 * language use, then the others. Where it is whole in none: as UTF-8, with U+FFFD for what is not.
 *
 * @param language - of the page, BCP 47
 */
export function decodeTable(bytes: Uint8Array, language: string): DecodedText {
  const marked = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8';
  const unicode = decodeWhole(bytes, marked);
  if (unicode !== undefined) return { text: unicode, encoding: undefined };
  const first = OF_LANGUAGE.get(language.split('-')[0] ?? '') ?? 'windows-1252';
  for (const encoding of marked === 'utf-8' ? [first, ...GUESSED] : []) {
    const text = decodeWhole(bytes, encoding);
    if (text !== undefined && !UNLIKELY.test(text)) return { text, encoding };
  }
  return { text: new TextDecoder(marked).decode(bytes), encoding: undefined };
}

/** As the person says. U+FFFD stands for what it has no character for. */
export const decodeTableAs = (bytes: Uint8Array, encoding: LegacyEncoding): string =>
  new TextDecoder(encoding).decode(bytes);

function decodeWhole(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
