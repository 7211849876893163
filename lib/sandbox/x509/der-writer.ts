/**
 * Just enough DER (ITU-T X.690) to write a certificate.
 * @module
 */

const concat = (parts: readonly Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts));

export function der(tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const content = concat(parts);
  return concat([Uint8Array.of(tag), lengthOf(content.length), content]);
}

export const sequence = (...parts: readonly Uint8Array[]) => der(0x30, ...parts);
export const set = (...parts: readonly Uint8Array[]) => der(0x31, ...parts);
export const utf8String = (text: string) => der(0x0c, Buffer.from(text));
export const octetString = (content: Uint8Array) => der(0x04, content);
export const bitString = (content: Uint8Array, unusedBits = 0) =>
  der(0x03, Uint8Array.of(unusedBits), content);
export const boolean = (value: boolean) => der(0x01, Uint8Array.of(value ? 0xff : 0x00));
export const derNull = () => der(0x05);

/** A non-negative integer from its big-endian bytes. */
export function integer(bytes: Uint8Array): Uint8Array {
  const from = bytes.findIndex((octet) => octet !== 0);
  const digits = from < 0 ? Uint8Array.of(0) : bytes.subarray(from);
  // A leading one bit would make it negative.
  return (digits[0] ?? 0) & 0x80 ? der(0x02, Uint8Array.of(0), digits) : der(0x02, digits);
}

/** @param dotted - for example `2.5.4.3` */
export function objectIdentifier(dotted: string): Uint8Array {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const octets = [first * 40 + second, ...rest].flatMap((arc) => {
    const groups = [arc & 0x7f];
    for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128)) {
      groups.unshift((left & 0x7f) | 0x80);
    }
    return groups;
  });
  return der(0x06, Uint8Array.from(octets));
}

/** UTCTime, as RFC 5280 section 4.1.2.5 wants it for dates before 2050. */
export function utcTime(date: Date): Uint8Array {
  const digits = date.toISOString().replace(/\D/g, '').slice(2, 14);
  return der(0x17, Buffer.from(`${digits}Z`));
}

function lengthOf(length: number): Uint8Array {
  if (length < 0x80) return Uint8Array.of(length);
  const octets: number[] = [];
  for (let left = length; left > 0; left = Math.floor(left / 256)) octets.unshift(left % 256);
  return Uint8Array.from([0x80 | octets.length, ...octets]);
}
