/**
 * Whether certificates keep to the profile that was chosen for them, looked at where the browser cannot interfere.
 * @module
 */
import 'server-only';
import { type KeyObject, X509Certificate } from 'node:crypto';
import { z } from 'zod';
import { isBeyondCap } from '@/lib/batch/profile';
import { KEY_ALGORITHMS, type KeyAlgorithm } from '@/lib/pki/key-algorithm';

/** What a profile lets the server see to in the certificates themselves. */
export type BatchTerms = { validityDaysMax: number; algorithm?: KeyAlgorithm | undefined };

/** Read out of a batch's settings. */
export const batchTerms = z.object({
  validityDaysMax: z.int(),
  algorithm: z.enum(KEY_ALGORITHMS).optional(),
});

/** Of a certificate in PEM or DER that was read before. */
export function termsFacts(certificate: string | Buffer): {
  notBefore: Date;
  notAfter: Date;
  publicKey: KeyObject;
} {
  const { publicKey, validFrom, validTo } = new X509Certificate(certificate);
  return { publicKey, notBefore: new Date(validFrom), notAfter: new Date(validTo) };
}

/** Of a device's own key nothing is asked. */
export function isWithinTerms(
  { validityDaysMax, algorithm }: BatchTerms,
  certificate: { notBefore: Date; notAfter: Date; publicKey: KeyObject },
): boolean {
  if (isBeyondCap({ validityDaysMax }, certificate)) return false;
  return algorithm === undefined || algorithmOf(certificate.publicKey) === algorithm;
}

/** OpenSSL's names of the curves (RFC 5480 §2.1.1.1 has both). */
const CURVES: Record<string, KeyAlgorithm> = { prime256v1: 'P-256', secp384r1: 'P-384' };

function algorithmOf({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): string | undefined {
  const { modulusLength, namedCurve } = asymmetricKeyDetails ?? {};
  return asymmetricKeyType === 'rsa' ? `RSA-${modulusLength}` : CURVES[namedCurve ?? ''];
}
