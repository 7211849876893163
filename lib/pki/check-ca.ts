/**
 * Whether AWS IoT would register a certificate as a CA: Developer Guide, "Create a CA certificate" and "Register your
 * CA certificate"; the text about basicConstraints is measured.
 * @module
 */
import { ok, type Result } from '@/lib/result';
import { type CertificateFault, readCertificate } from './certificate';
import { dateFaults, saysCaTrue } from './check-chain';
import { mayNotSignCertificates } from './issuer-limits';
import { checkPublicKey } from './public-key';
import { isAcceptedByAws, signatureAlgorithmName } from './signature-algorithm';
import type { x509 } from './x509';

/** `severity` is `error` where AWS refuses, `warning` where it does not but others may. Dates are ISO 8601. */
export type CaFault =
  | { kind: 'ca-not-ca'; severity: 'error' }
  | { kind: 'ca-expired'; severity: 'error'; notAfter: string }
  | { kind: 'ca-not-yet-valid'; severity: 'error'; notBefore: string }
  | { kind: 'ca-key-too-short'; severity: 'error'; bits: number; bitsMin: number }
  | { kind: 'ca-key-unsupported'; severity: 'error'; name: string }
  | { kind: 'ca-signature-algorithm'; severity: 'error'; name: string }
  /** keyUsage is there and does not allow signing certificates (RFC 5280 §4.2.1.3). */
  | { kind: 'ca-no-key-cert-sign'; severity: 'warning' };

/** Everything that is wrong; an empty list registers. */
export function checkCa(input: string | Uint8Array, now: Date): Result<CaFault[], CertificateFault> {
  const certificate = readCertificate(input);
  if (!certificate.ok) return certificate;
  const signature = signatureAlgorithmName(certificate.value);
  return ok([
    ...(saysCaTrue(certificate.value) ? [] : [{ kind: 'ca-not-ca', severity: 'error' } as const]),
    ...dates(certificate.value, now),
    ...key(certificate.value),
    ...(isAcceptedByAws(signature)
      ? []
      : [{ kind: 'ca-signature-algorithm', severity: 'error', name: signature } as const]),
    ...(mayNotSignCertificates(certificate.value)
      ? [{ kind: 'ca-no-key-cert-sign', severity: 'warning' } as const]
      : []),
  ]);
}

function dates(certificate: x509.X509Certificate, now: Date): CaFault[] {
  return dateFaults('ca', certificate, now).flatMap((fault): CaFault[] => {
    if (fault.kind === 'certificate-expired') {
      return [{ kind: 'ca-expired', severity: 'error', notAfter: fault.notAfter }];
    }
    return fault.kind === 'certificate-not-yet-valid'
      ? [{ kind: 'ca-not-yet-valid', severity: 'error', notBefore: fault.notBefore }]
      : [];
  });
}

function key(certificate: x509.X509Certificate): CaFault[] {
  const fault = checkPublicKey(certificate.publicKey);
  if (!fault) return [];
  return fault.kind === 'public-key-too-short'
    ? [{ kind: 'ca-key-too-short', severity: 'error', bits: fault.bits, bitsMin: fault.bitsMin }]
    : [{ kind: 'ca-key-unsupported', severity: 'error', name: fault.name }];
}
