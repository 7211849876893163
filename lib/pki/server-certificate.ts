/**
 * The certificate of a TLS server.
 * @module
 */
import { fail, ok, type Result } from '@/lib/result';
import type { SubjectRefused } from './ca-certificate';
import { type CertificateFault, readCertificate } from './certificate';
import type { PkiContext } from './context';
import { leafExtensions } from './extensions';
import { type IssuedCertificate, issueCertificate } from './issue-certificate';
import { checkSubject, type Subject } from './subject';
import { toName } from './subject-name';
import { type ValidityFault, validityFor } from './validity';
import { x509 } from './x509';

export type ServerCertificateRequest = {
  subject: Subject;
  /** Clients look at these alone, never at the common name (RFC 9525 §2). */
  dnsNames: string[];
  /** IPv4 dotted or IPv6 in any textual form. */
  ipAddresses: string[];
  validityDays: number;
  publicKey: CryptoKey;
  caPem: string;
  caKey: CryptoKey;
};

/** A server's certificate under a CA, for the names and addresses it is reached by. */
export async function issueServerCertificate(
  request: ServerCertificateRequest,
  context: PkiContext,
): Promise<Result<IssuedCertificate, SubjectRefused | ValidityFault | CertificateFault>> {
  const faults = checkSubject(request.subject);
  if (faults.length > 0) return fail({ kind: 'subject-refused', faults });
  const ca = readCertificate(request.caPem);
  if (!ca.ok) return ca;
  const validity = validityFor(request.validityDays, context.now, ca.value);
  if (!validity.ok) return validity;

  const publicKey = await x509.PublicKey.create(request.publicKey, context.crypto);
  const names = new x509.SubjectAlternativeNameExtension([
    ...request.dnsNames.map((value) => ({ type: 'dns' as const, value })),
    ...request.ipAddresses.map((value) => ({ type: 'ip' as const, value })),
  ]);
  const certificate = await issueCertificate(
    {
      subject: toName(request.subject),
      issuer: ca.value.subjectName,
      validity: validity.value,
      publicKey,
      signingKey: request.caKey,
      extensions: [...(await leafExtensions(publicKey, ca.value, 'serverAuth', context.crypto)), names],
    },
    context,
  );
  return ok(certificate);
}
