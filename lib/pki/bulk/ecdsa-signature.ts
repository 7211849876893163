import type { Bytes } from '@/lib/pki/bytes';
import { DER_TAG, elementBytes, writeHeader } from '@/lib/pki/der';

/** What DER adds to the two numbers at most: three headers, that of the SEQUENCE with a second octet, and a zero before each number. */
const ADDED_BYTES_MAX = 3 + 2 * (2 + 1);

/** @param rawBytes of WebCrypto's signature */
export function ecdsaSignatureBytesMax(rawBytes: number): number {
  return rawBytes + ADDED_BYTES_MAX;
}

/**
 * WebCrypto's `r ‖ s` (W3C Web Cryptography §23) as the Ecdsa-Sig-Value of certificates (RFC 3279 §2.2.3).
 * @param space that it is written into and is a part of, for who makes many; else it has its own
 */
export function ecdsaSignatureValue(
  raw: Uint8Array,
  space: Bytes = new Uint8Array(ecdsaSignatureBytesMax(raw.length)),
): Bytes {
  const half = raw.length / 2;
  const [r, s] = [shortest(raw.subarray(0, half)), shortest(raw.subarray(half))];
  const [rBytes, sBytes] = [r.length + signBytes(r), s.length + signBytes(s)];
  let at = writeHeader(space, 0, DER_TAG.sequence, elementBytes(rBytes) + elementBytes(sBytes));
  at = writeInteger(space, at, r);
  return space.subarray(0, writeInteger(space, at, s));
}

/** Without leading zeros (X.690 §8.3.2); of zero the last. */
function shortest(octets: Uint8Array): Uint8Array {
  let start = 0;
  while (start < octets.length - 1 && octets[start] === 0) start += 1;
  return octets.subarray(start);
}

/** A zero in front, where the first bit would make the number negative (X.690 §8.3.3). */
function signBytes(digits: Uint8Array): 0 | 1 {
  return (digits[0] ?? 0) >= 0x80 ? 1 : 0;
}

/** @returns where it ends */
function writeInteger(target: Uint8Array, at: number, digits: Uint8Array): number {
  let to = writeHeader(target, at, DER_TAG.integer, digits.length + signBytes(digits));
  if (signBytes(digits) === 1) {
    target[to] = 0;
    to += 1;
  }
  target.set(digits, to);
  return to + digits.length;
}
