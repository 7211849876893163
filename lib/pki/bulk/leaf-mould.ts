/**
 * What is the same in every device certificate of a batch, taken from one that the library made. So the two ways of issuing cannot
 * drift apart: a direct certificate is the library's bytes with another serial, subject, key and key identifier.
 * @module
 */
import { type Bytes, equalBytes, joinBytes } from '@/lib/pki/bytes';
import { DER_TAG, encodeElement, encodeHeader, readElements, readSequence } from '@/lib/pki/der';
import type { PublicKeyInfo } from './public-key-info';

/** What differs from device to device. `serial` is the content of the INTEGER, `keyIdentifier` the SHA-1 of the key's bits. */
export type LeafParts = {
  serial: Bytes;
  subject: Bytes;
  publicKey: PublicKeyInfo;
  keyIdentifier: Uint8Array;
};

export type LeafMould = {
  /** Version, before the serial. */
  version: Bytes;
  signatureAlgorithm: Bytes;
  /** Signature algorithm, issuer and validity, between serial and subject. */
  afterSerial: Bytes;
  /** `[3]`, up to the key identifier and from behind it. */
  beforeKeyIdentifier: Bytes;
  afterKeyIdentifier: Bytes;
};

/** SHA-1's, RFC 5280 §4.2.1.2 (1). */
const KEY_IDENTIFIER_BYTES = 20;
const NO_UNUSED_BITS = Uint8Array.of(0);

/** @param sample a leaf as `issueDeviceCertificate` makes it; throws for anything else, which would be a bug */
export function leafMould(sample: Uint8Array, sampleKeyIdentifier: Uint8Array): LeafMould {
  const [tbs, signatureAlgorithm] = readSequence(sample) ?? [];
  const [version, , algorithm, issuer, validity, , , extensions] = readElements(tbs?.content ?? sample) ?? [];
  if (!(version && algorithm && issuer && validity && extensions && signatureAlgorithm)) {
    throw new Error('not a certificate as it is issued here');
  }
  const own = extensions.bytes;
  const keyIdentifierAt = onlyPlaceOf(sampleKeyIdentifier, own);
  return {
    version: version.bytes,
    signatureAlgorithm: signatureAlgorithm.bytes,
    afterSerial: joinBytes([algorithm.bytes, issuer.bytes, validity.bytes]),
    beforeKeyIdentifier: own.slice(0, keyIdentifierAt),
    afterKeyIdentifier: own.slice(keyIdentifierAt + KEY_IDENTIFIER_BYTES),
  };
}

/** The TBSCertificate (RFC 5280 §4.1) of one device: what the CA signs. */
export function tbsCertificate(
  mould: LeafMould,
  { serial, subject, publicKey, keyIdentifier }: LeafParts,
): Bytes {
  return encodeElement(
    DER_TAG.sequence,
    mould.version,
    encodeElement(DER_TAG.integer, serial),
    mould.afterSerial,
    subject,
    publicKey.info,
    mould.beforeKeyIdentifier,
    keyIdentifier,
    mould.afterKeyIdentifier,
  );
}

/** @param signature as certificates carry it: of ECDSA the Ecdsa-Sig-Value */
export function signedCertificate(mould: LeafMould, tbs: Uint8Array, signature: Uint8Array): Bytes {
  const bitString = encodeHeader(DER_TAG.bitString, NO_UNUSED_BITS.length + signature.length);
  return encodeElement(DER_TAG.sequence, tbs, mould.signatureAlgorithm, bitString, NO_UNUSED_BITS, signature);
}

/** A hash stands once, or the mould would be poured wrong. */
function onlyPlaceOf(keyIdentifier: Uint8Array, bytes: Uint8Array): number {
  const places: number[] = [];
  for (let at = 0; at + KEY_IDENTIFIER_BYTES <= bytes.length; at += 1) {
    if (equalBytes(bytes.subarray(at, at + KEY_IDENTIFIER_BYTES), keyIdentifier)) places.push(at);
  }
  const [place] = places;
  if (place === undefined || places.length > 1)
    throw new Error('the key identifier is not where it should be');
  return place;
}
