/**
 * The outermost step of DER (X.690 §10): enough to tell "one whole structure" from anything else.
 * @module
 */

const SEQUENCE = 0x30;

/** One SEQUENCE of definite length that fills the bytes exactly: no trailing bytes that would change a fingerprint. */
export function isOneSequence(bytes: Uint8Array): boolean {
  const [tag, first] = bytes;
  if (tag !== SEQUENCE || first === undefined) return false;
  if (first < 0x80) return bytes.length === 2 + first;

  const lengthOctets = first & 0x7f;
  if (lengthOctets === 0 || lengthOctets > 4) return false;
  const length = bytes.subarray(2, 2 + lengthOctets).reduce((sum, octet) => sum * 256 + octet, 0);
  return bytes.length === 2 + lengthOctets + length;
}
