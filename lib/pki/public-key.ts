/**
 * What is said about a public key, and whether AWS IoT takes it.
 * @module
 */
import type { x509 } from './x509';

/** `name` is for people: `RSA`, the curve, or the algorithm's OID where it is unknown. `bits` is 0 when unknown. */
export type PublicKeyFacts = { type: 'RSA' | 'EC' | 'other'; name: string; bits: number };

export const RSA_BITS_MIN = 2048;
const CURVE_BITS: Record<string, number> = { 'P-256': 256, 'P-384': 384, 'P-521': 521 };

export function publicKeyFacts({ algorithm }: x509.PublicKey): PublicKeyFacts {
  if ('modulusLength' in algorithm && typeof algorithm.modulusLength === 'number') {
    return { type: 'RSA', name: 'RSA', bits: algorithm.modulusLength };
  }
  if ('namedCurve' in algorithm && typeof algorithm.namedCurve === 'string') {
    // The library calls secp256k1 K-256, a name nobody knows.
    const name = algorithm.namedCurve === 'K-256' ? 'secp256k1' : algorithm.namedCurve;
    return { type: 'EC', name, bits: CURVE_BITS[name] ?? 0 };
  }
  return { type: 'other', name: KNOWN_NAMES[algorithm.name] ?? algorithm.name, bits: 0 };
}

const KNOWN_NAMES: Record<string, string> = { '1.2.840.10040.4.1': 'DSA' };

export type PublicKeyFault =
  | { kind: 'public-key-too-short'; bits: number; bitsMin: number }
  | { kind: 'public-key-unsupported'; name: string };

/** RSA from 2048 bits, P-256, P-384, P-521: AWS IoT Developer Guide, "Create your own client certificates". */
export function checkPublicKey(publicKey: x509.PublicKey): PublicKeyFault | undefined {
  const { type, name, bits } = publicKeyFacts(publicKey);
  if (type === 'RSA') {
    return bits < RSA_BITS_MIN ? { kind: 'public-key-too-short', bits, bitsMin: RSA_BITS_MIN } : undefined;
  }
  return type === 'EC' && bits > 0 ? undefined : { kind: 'public-key-unsupported', name };
}
