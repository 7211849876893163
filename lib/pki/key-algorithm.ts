/**
 * The key algorithms that are offered, and how each is generated and signs.
 * @module
 */

/** What AWS IoT accepts for CAs and devices and every browser's WebCrypto can make. */
export const KEY_ALGORITHMS = ['RSA-2048', 'RSA-3072', 'RSA-4096', 'P-256', 'P-384'] as const;
export type KeyAlgorithm = (typeof KEY_ALGORITHMS)[number];

const RSA = 'RSASSA-PKCS1-v1_5';
/** 65537, the exponent of every common tool. */
const PUBLIC_EXPONENT = [1, 0, 1];

export type EcCurve = 'P-256' | 'P-384';

/** How an existing key is imported: RSA keys carry their hash, EC keys do not. */
export function importAlgorithm(key: 'RSA' | EcCurve): RsaHashedImportParams | EcKeyImportParams {
  return key === 'RSA' ? { name: RSA, hash: 'SHA-256' } : { name: 'ECDSA', namedCurve: key };
}

/** A new key pair that can be exported until it is re-imported; RSA 4096 takes about a second. */
export function generateKeyPair(algorithm: KeyAlgorithm, crypto: Crypto): Promise<CryptoKeyPair> {
  return crypto.subtle.generateKey(generationAlgorithm(algorithm), true, ['sign', 'verify']);
}

/** As WebCrypto is told to generate it; plain data. */
export function generationAlgorithm(algorithm: KeyAlgorithm): RsaHashedKeyGenParams | EcKeyGenParams {
  if (algorithm === 'P-256' || algorithm === 'P-384') return { name: 'ECDSA', namedCurve: algorithm };
  const modulusLength = Number(algorithm.slice('RSA-'.length));
  const publicExponent = new Uint8Array(PUBLIC_EXPONENT);
  return { name: RSA, hash: 'SHA-256', modulusLength, publicExponent };
}

/**
 * How a key signs. The hash is always given, never a library's default: SHA-256, with P-384 the SHA-384 of its own
 * strength (RFC 5480 §4). AWS IoT accepts both with RSA and with ECDSA (Developer Guide, "X.509 client certificates").
 */
export function signingAlgorithm(key: CryptoKey): { name: string; hash: string } {
  if (isRsaKey(key)) return { name: RSA, hash: 'SHA-256' };
  const curve = 'namedCurve' in key.algorithm ? key.algorithm.namedCurve : undefined;
  return { name: 'ECDSA', hash: curve === 'P-384' ? 'SHA-384' : 'SHA-256' };
}

/** Of what WebCrypto gives: as long as the modulus (RFC 8017 §8.2.1), or `r ‖ s`, each as long as the curve's order. */
export function signatureBytes(key: CryptoKey): number {
  if ('modulusLength' in key.algorithm) return Number(key.algorithm.modulusLength) / 8;
  return 'namedCurve' in key.algorithm && key.algorithm.namedCurve === 'P-384' ? 2 * 48 : 2 * 32;
}

function isRsaKey(key: CryptoKey): boolean {
  return key.algorithm.name.startsWith('RSA');
}
