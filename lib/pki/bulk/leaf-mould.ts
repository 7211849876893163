/**
 * What is the same in every device certificate of a batch, taken from one that the library made. So the two ways of issuing cannot
 * drift apart: a direct certificate is the library's bytes with another serial, subject, key and key identifier.
 * @module
 */
import { type Bytes, equalBytes, joinBytes } from '@/lib/pki/bytes';
import { DER_TAG, elementBytes, readElements, readSequence, writeHeader } from '@/lib/pki/der';
import type { LeafSpace } from './leaf-space';
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

/** A certificate that is being made: `tbs` is what the CA signs, the rest of `place` is for what comes around it. */
export type UnsignedLeaf = { place: Bytes; tbsAt: number; tbs: Bytes };

/**
 * The TBSCertificate (RFC 5280 §4.1) of one device, at once where it stands in the certificate.
 * @param signatureBytesMax of the signature as certificates carry it
 */
export function unsignedLeaf(
  mould: LeafMould,
  { serial, subject, publicKey, keyIdentifier }: LeafParts,
  space: LeafSpace,
  signatureBytesMax: number,
): UnsignedLeaf {
  const bitsBytes = NO_UNUSED_BITS.length + publicKey.bits.length;
  const keyBytes = publicKey.algorithm.length + elementBytes(bitsBytes);
  const contentBytes =
    mould.version.length +
    elementBytes(serial.length) +
    mould.afterSerial.length +
    subject.length +
    elementBytes(keyBytes) +
    mould.beforeKeyIdentifier.length +
    keyIdentifier.length +
    mould.afterKeyIdentifier.length;
  const tbsBytes = elementBytes(contentBytes);
  const wholeBytesMax =
    tbsBytes + mould.signatureAlgorithm.length + elementBytes(NO_UNUSED_BITS.length + signatureBytesMax);
  const place = space.take(elementBytes(wholeBytesMax));
  const tbsAt = place.length - wholeBytesMax;
  let at = writeHeader(place, tbsAt, DER_TAG.sequence, contentBytes);
  at = put(place, at, mould.version);
  at = put(place, writeHeader(place, at, DER_TAG.integer, serial.length), serial);
  at = put(place, at, mould.afterSerial);
  at = put(place, at, subject);
  at = put(place, writeHeader(place, at, DER_TAG.sequence, keyBytes), publicKey.algorithm);
  at = put(place, writeHeader(place, at, DER_TAG.bitString, bitsBytes), NO_UNUSED_BITS);
  at = put(place, at, publicKey.bits);
  at = put(place, at, mould.beforeKeyIdentifier);
  at = put(place, at, keyIdentifier);
  at = put(place, at, mould.afterKeyIdentifier);
  return { place, tbsAt, tbs: place.subarray(tbsAt, at) };
}

/** The certificate around it, in the same place. @param signature as certificates carry it: of ECDSA the Ecdsa-Sig-Value */
export function signedLeaf(
  { signatureAlgorithm }: LeafMould,
  { place, tbsAt, tbs }: UnsignedLeaf,
  signature: Uint8Array,
): Bytes {
  const bitsBytes = NO_UNUSED_BITS.length + signature.length;
  let at = put(place, tbsAt + tbs.length, signatureAlgorithm);
  at = put(place, writeHeader(place, at, DER_TAG.bitString, bitsBytes), NO_UNUSED_BITS);
  at = put(place, at, signature);
  const contentBytes = at - tbsAt;
  const begin = tbsAt - (elementBytes(contentBytes) - contentBytes);
  writeHeader(place, begin, DER_TAG.sequence, contentBytes);
  return place.subarray(begin, at);
}

/** @returns where they end */
function put(target: Uint8Array, at: number, bytes: Uint8Array): number {
  target.set(bytes, at);
  return at + bytes.length;
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
