/**
 * The public half of an exported private key. Reading it there saves the second export that WebCrypto would need.
 * @module
 */
import type { Bytes } from '@/lib/pki/bytes';
import { DER_TAG, encodeElement, readHeader } from '@/lib/pki/der';

/** `[1] publicKey` of ECPrivateKey (RFC 5915 §3). */
const CONTEXT_1 = 0xa1;

/**
 * What a SubjectPublicKeyInfo (RFC 5280 §4.1.2.7) is made of: the AlgorithmIdentifier as it stands, and what the BIT STRING holds without
 * its leading octet. They may lie in the key, as long as that is not overwritten.
 */
export type PublicKeyInfo = { algorithm: Bytes; bits: Bytes };

/** Places in the key: the element begins at `at`, its content at `contentAt`. */
type Span = { tag: number; at: number; contentAt: number; end: number };

/**
 * Of an RSA or EC key in PKCS#8 (RFC 5958), as WebCrypto exports them; undefined where the key does not carry its public half,
 * which RFC 5915 leaves to the writer.
 */
export function publicKeyInfo(pkcs8: Bytes): PublicKeyInfo | undefined {
  const [, algorithm, wrapped] = spansIn(pkcs8, onlySpan(pkcs8, DER_TAG.sequence, 0, pkcs8.length));
  if (algorithm?.tag !== DER_TAG.sequence || wrapped?.tag !== DER_TAG.octetString) return undefined;
  const parts = spansIn(pkcs8, onlySpan(pkcs8, DER_TAG.sequence, wrapped.contentAt, wrapped.end));
  const bits = parts[1]?.tag === DER_TAG.integer ? rsaPublicKey(pkcs8, parts) : ecPublicKey(pkcs8, parts);
  return bits && { algorithm: elementAt(pkcs8, algorithm), bits };
}

/** RSAPublicKey out of RSAPrivateKey: version, n, e, … (RFC 8017 appendix A.1). */
function rsaPublicKey(key: Bytes, [, modulus, exponent]: readonly Span[]): Bytes | undefined {
  if (modulus === undefined || exponent?.tag !== DER_TAG.integer) return undefined;
  return encodeElement(DER_TAG.sequence, elementAt(key, modulus), elementAt(key, exponent));
}

function ecPublicKey(key: Bytes, parts: readonly Span[]): Bytes | undefined {
  const wrapper = parts.find(({ tag }) => tag === CONTEXT_1);
  const bitString = wrapper && onlySpan(key, DER_TAG.bitString, wrapper.contentAt, wrapper.end);
  // Behind the octet that counts unused bits.
  return bitString && key.subarray(bitString.contentAt + 1, bitString.end);
}

function elementAt(bytes: Bytes, { at, end }: Span): Bytes {
  return bytes.subarray(at, end);
}

/** The elements side by side in a constructed one; none where they are not whole. */
function spansIn(bytes: Uint8Array, around: Span | undefined): Span[] {
  const spans: Span[] = [];
  if (around === undefined) return spans;
  for (let at = around.contentAt; at < around.end; ) {
    const span = spanAt(bytes, at, around.end);
    if (span === undefined) return [];
    spans.push(span);
    at = span.end;
  }
  return spans;
}

/** The one element between two places, if it is of this kind. */
function onlySpan(bytes: Uint8Array, tag: number, from: number, end: number): Span | undefined {
  const span = spanAt(bytes, from, end);
  return span?.tag === tag && span.end === end ? span : undefined;
}

function spanAt(bytes: Uint8Array, at: number, endMax: number): Span | undefined {
  const header = readHeader(bytes, at);
  if (header === undefined || header.contentAt + header.length > endMax) return undefined;
  const { tag, contentAt, length } = header;
  return { tag, at, contentAt, end: contentAt + length };
}
