import type { Bytes } from '@/lib/pki/bytes';
import { DER_TAG, encodeElement, encodeObjectIdentifier, encodeUnsigned } from '@/lib/pki/der';

const SET_TAG = 0x31;
const SIGNED_DATA = encodeObjectIdentifier('1.2.840.113549.1.7.2');
const DATA = encodeObjectIdentifier('1.2.840.113549.1.7.1');

/** Certificates without a signature over anything (RFC 2315 §9.1, "degenerate"): a `.p7b`. */
export function writePkcs7(certificates: readonly Bytes[]): Bytes {
  const signedData = encodeElement(
    DER_TAG.sequence,
    encodeUnsigned(1),
    encodeElement(SET_TAG),
    encodeElement(DER_TAG.sequence, DATA),
    encodeElement(DER_TAG.context0, ...certificates),
    encodeElement(SET_TAG),
  );
  return encodeElement(DER_TAG.sequence, SIGNED_DATA, encodeElement(DER_TAG.context0, signedData));
}
