/**
 * The public half of an exported private key. Reading it there saves the second export that WebCrypto would need.
 * @module
 */
import type { Bytes } from '@/lib/pki/bytes';
import { DER_TAG, encodeElement, readElements, readSequence } from '@/lib/pki/der';

/** `[1] publicKey` of ECPrivateKey (RFC 5915 §3). */
const CONTEXT_1 = 0xa1;
const NO_UNUSED_BITS = Uint8Array.of(0);

/** `info` is the SubjectPublicKeyInfo (RFC 5280 §4.1.2.7), `bits` what its BIT STRING holds without the leading octet. */
export type PublicKeyInfo = { info: Bytes; bits: Bytes };

/**
 * Of an RSA or EC key in PKCS#8 (RFC 5958), as WebCrypto exports them; undefined where the key does not carry its public half,
 * which RFC 5915 leaves to the writer.
 */
export function publicKeyInfo(pkcs8: Uint8Array): PublicKeyInfo | undefined {
  const [, algorithm, wrapped] = readSequence(pkcs8) ?? [];
  if (algorithm?.tag !== DER_TAG.sequence || wrapped?.tag !== DER_TAG.octetString) return undefined;
  const parts = readSequence(wrapped.content) ?? [];
  const bits = parts[1]?.tag === DER_TAG.integer ? rsaPublicKey(parts) : ecPublicKey(parts);
  if (bits === undefined) return undefined;
  const bitString = encodeElement(DER_TAG.bitString, NO_UNUSED_BITS, bits);
  return { info: encodeElement(DER_TAG.sequence, algorithm.bytes, bitString), bits };
}

type Parts = NonNullable<ReturnType<typeof readSequence>>;

/** RSAPublicKey out of RSAPrivateKey: version, n, e, … (RFC 8017 appendix A.1). */
function rsaPublicKey([, modulus, exponent]: Parts): Bytes | undefined {
  if (modulus === undefined || exponent?.tag !== DER_TAG.integer) return undefined;
  return encodeElement(DER_TAG.sequence, modulus.bytes, exponent.bytes);
}

function ecPublicKey(parts: Parts): Bytes | undefined {
  const wrapper = parts.find(({ tag }) => tag === CONTEXT_1);
  const bitString = wrapper && readElements(wrapper.content)?.[0];
  return bitString?.tag === DER_TAG.bitString ? bitString.content.slice(1) : undefined;
}
