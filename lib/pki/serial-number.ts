import { type Bytes, toHex } from './bytes';

/** RFC 5280 §4.1.2.2 allows 20 octets; CAs need at least 64 random bits (CA/Browser Forum BR §7.1), here 127. */
const SERIAL_BYTES = 16;

/** A random positive serial of exactly 16 octets, as hex. */
export function randomSerialNumber(crypto: Crypto): string {
  return toHex(randomSerial(crypto));
}

/** The same as the content of an INTEGER. */
function randomSerial(crypto: Crypto): Bytes {
  return asSerial(crypto.getRandomValues(new Uint8Array(SERIAL_BYTES)));
}

/** Drawn at once: asking the browser costs more than the number. */
const SERIALS_AT_ONCE = 256;

/** @returns what gives another one at each call, as the content of an INTEGER, which is good until the next call */
export function serialSource(crypto: Crypto): () => Bytes {
  const drawn = new Uint8Array(SERIALS_AT_ONCE * SERIAL_BYTES);
  let at = drawn.length;
  return () => {
    if (at === drawn.length) {
      crypto.getRandomValues(drawn);
      at = 0;
    }
    at += SERIAL_BYTES;
    return asSerial(drawn.subarray(at - SERIAL_BYTES, at));
  };
}

/** The sign bit off keeps it positive without a leading zero octet, the next bit on keeps its length. */
function asSerial(octets: Bytes): Bytes {
  octets[0] = ((octets[0] ?? 0) & 0x7f) | 0x40;
  return octets;
}
