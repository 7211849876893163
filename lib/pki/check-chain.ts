/**
 * Whether a leaf stands under a CA: names, signature and dates.
 * @module
 */
import { ok, type Result } from '@/lib/result';
import { type CertificateFault, readCertificate } from './certificate';
import { readCertificateStructure } from './certificate-structure';
import { extensionFacts } from './extension-facts';
import { hasSameName } from './inspect-certificate';
import type { x509 } from './x509';

/** Dates are ISO 8601. */
export type ChainFault =
  | { kind: 'issuer-differs'; issuer: string; caSubject: string }
  | { kind: 'signature-invalid' }
  | { kind: 'issuer-not-ca' }
  | { kind: 'certificate-expired'; which: 'leaf' | 'ca'; notAfter: string }
  | { kind: 'certificate-not-yet-valid'; which: 'leaf' | 'ca'; notBefore: string };

/** Everything that is wrong with the pair; an empty list is a good chain. */
export async function checkChain(
  input: { leaf: string | Uint8Array; ca: string | Uint8Array },
  { crypto, now }: { crypto: Crypto; now: Date },
): Promise<Result<ChainFault[], CertificateFault>> {
  const leaf = readCertificate(input.leaf);
  if (!leaf.ok) return leaf;
  const ca = readCertificate(input.ca);
  if (!ca.ok) return ca;

  const faults: ChainFault[] = [...dateFaults('leaf', leaf.value, now), ...dateFaults('ca', ca.value, now)];
  if (!saysCaTrue(ca.value)) faults.push({ kind: 'issuer-not-ca' });
  if (!hasSameName(leaf.value.issuerName, ca.value.subjectName)) {
    faults.push({ kind: 'issuer-differs', issuer: leaf.value.issuer, caSubject: ca.value.subject });
  }
  if (!(await isSignedBy(leaf.value, ca.value, crypto))) faults.push({ kind: 'signature-invalid' });
  return ok(faults);
}

export function dateFaults(which: 'leaf' | 'ca', certificate: x509.X509Certificate, now: Date): ChainFault[] {
  const { notBefore, notAfter } = certificate;
  if (now > notAfter) return [{ kind: 'certificate-expired', which, notAfter: notAfter.toISOString() }];
  if (now < notBefore)
    return [{ kind: 'certificate-not-yet-valid', which, notBefore: notBefore.toISOString() }];
  return [];
}

export function saysCaTrue(certificate: x509.X509Certificate): boolean {
  const structure = readCertificateStructure(new Uint8Array(certificate.rawData));
  return (structure?.extensions ?? [])
    .map(extensionFacts)
    .some(({ name, value }) => name === 'basicConstraints' && value.startsWith('CA:TRUE'));
}

/** False, too, for algorithms that WebCrypto does not know. */
export async function isSignedBy(
  certificate: x509.X509Certificate,
  issuer: x509.X509Certificate,
  crypto: Crypto,
): Promise<boolean> {
  try {
    return await certificate.verify({ publicKey: issuer.publicKey, signatureOnly: true }, crypto);
  } catch {
    return false;
  }
}
