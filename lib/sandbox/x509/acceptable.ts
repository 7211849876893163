/**
 * What AWS IoT accepts in a certificate at registration.
 * AWS IoT Core Developer Guide, "X.509 client certificates" and "Register your CA certificate".
 * @module
 */
import type { KeyObject } from 'node:crypto';
import type { ParsedCertificate } from './parsed-certificate';

const RSA_BITS_MIN = 2048;

/** OpenSSL's names of P-256, P-384 and P-521. */
const CURVES = new Set(['prime256v1', 'secp384r1', 'secp521r1']);

const SIGNATURE_ALGORITHMS = new Set([
  '1.2.840.113549.1.1.10', // RSASSA-PSS
  '1.2.840.113549.1.1.11', // SHA-256 with RSA
  '1.2.840.113549.1.1.12', // SHA-384 with RSA
  '1.2.840.113549.1.1.13', // SHA-512 with RSA
  '1.2.840.10045.4.3.2', // ECDSA with SHA-256
  '1.2.840.10045.4.3.3', // ECDSA with SHA-384
  '1.2.840.10045.4.3.4', // ECDSA with SHA-512
  '2.16.840.1.101.3.4.3.2', // DSA with SHA-256
]);

export const hasAcceptedSignatureAlgorithm = (certificate: ParsedCertificate) =>
  SIGNATURE_ALGORITHMS.has(certificate.signatureAlgorithm);

/** RSA of at least 2048 bits, EC on a NIST curve, or DSA (whose signatures AWS lists). */
export function hasAcceptedKey(key: KeyObject): boolean {
  switch (key.asymmetricKeyType) {
    case 'rsa':
    case 'rsa-pss':
      return (key.asymmetricKeyDetails?.modulusLength ?? 0) >= RSA_BITS_MIN;
    case 'ec':
      return CURVES.has(key.asymmetricKeyDetails?.namedCurve ?? '');
    case 'dsa':
      return (key.asymmetricKeyDetails?.modulusLength ?? 0) >= RSA_BITS_MIN;
    default:
      return false;
  }
}

/** RFC 5280 section 4.1.2.5: both ends belong to the validity period. */
export const isWithinValidity = (certificate: ParsedCertificate, now: Date) =>
  certificate.notBefore <= now.getTime() && now.getTime() <= certificate.notAfter;
