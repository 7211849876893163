import type { Bytes } from '@/lib/pki/bytes';
import { DER_TAG, encodeElement } from '@/lib/pki/der';

/** WebCrypto's `r ‖ s` (W3C Web Cryptography §23) as the Ecdsa-Sig-Value of certificates (RFC 3279 §2.2.3). */
export function ecdsaSignatureValue(raw: Uint8Array): Bytes {
  const half = raw.length / 2;
  return encodeElement(
    DER_TAG.sequence,
    encodeElement(DER_TAG.integer, unsigned(raw.subarray(0, half))),
    encodeElement(DER_TAG.integer, unsigned(raw.subarray(half))),
  );
}

/** The shortest content of a positive INTEGER (X.690 §8.3). */
export function unsigned(octets: Uint8Array): Uint8Array {
  let start = 0;
  while (start < octets.length - 1 && octets[start] === 0) start += 1;
  const shortest = octets.subarray(start);
  if (((shortest[0] ?? 0) & 0x80) === 0) return shortest;
  const positive = new Uint8Array(shortest.length + 1);
  positive.set(shortest, 1);
  return positive;
}
