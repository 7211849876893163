const UTF16_LE = [0xff, 0xfe];
const PEM_MARK = '-----BEGIN ';

/**
 * The text of a file that holds PEM, else the bytes themselves (DER). Windows' editors save UTF-16 and byte order marks.
 */
export function decodeText(bytes: Uint8Array): string | Uint8Array {
  const isUtf16 = UTF16_LE.every((byte, index) => bytes[index] === byte);
  const text = new TextDecoder(isUtf16 ? 'utf-16le' : 'utf-8').decode(bytes);
  // DER begins with a SEQUENCE; everything else is text, if only to be told that it has no PEM in it.
  return text.includes(PEM_MARK) || bytes[0] !== 0x30 ? text : bytes;
}
