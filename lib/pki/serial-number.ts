import { type Bytes, toHex } from './bytes';

/** RFC 5280 §4.1.2.2 allows 20 octets; CAs need at least 64 random bits (CA/Browser Forum BR §7.1), here 127. */
const SERIAL_BYTES = 16;

/** A random positive serial of exactly 16 octets, as hex. */
export function randomSerialNumber(crypto: Crypto): string {
  return toHex(randomSerial(crypto));
}

/** The same as the content of an INTEGER. */
export function randomSerial(crypto: Crypto): Bytes {
  const bytes = crypto.getRandomValues(new Uint8Array(SERIAL_BYTES));
  // The sign bit off keeps it positive without a leading zero octet, the next bit on keeps its length.
  bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x40;
  return bytes;
}
