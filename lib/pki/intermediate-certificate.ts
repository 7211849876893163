/**
 * A CA below another: its certificate, signed by the one above. RFC 5280 §4.2.1.9 and §6.1.4 say what the one above must allow.
 * @module
 */
import { fail, ok, type Result } from '@/lib/result';
import type { SubjectRefused } from './ca-certificate';
import { readCertificate } from './certificate';
import { saysCaTrue } from './check-chain';
import type { PkiContext } from './context';
import { intermediateExtensions } from './extensions';
import { hasSameName } from './inspect-certificate';
import { type IssuedCertificate, issueCertificate } from './issue-certificate';
import { mayNotSignCertificates, pathLengthOf } from './issuer-limits';
import { checkSubject, type Subject } from './subject';
import { toName } from './subject-name';
import { type ValidityFault, validityFor } from './validity';
import { x509 } from './x509';

/** What forbids a certificate to stand above a CA. */
export type ParentFault =
  | { kind: 'parent-not-ca' }
  /** keyUsage is there and does not allow signing certificates (RFC 5280 §4.2.1.3). */
  | { kind: 'parent-no-key-cert-sign' }
  /** Its path length is 0: only devices may stand below it. */
  | { kind: 'parent-path-length' }
  /** The name of the one above: every tool would take the new CA for self-signed. */
  | { kind: 'subject-is-parents' };

export type IntermediateFault = SubjectRefused | ValidityFault | ParentFault;

export type IntermediateRequest = {
  subject: Subject;
  validityDays: number;
  publicKey: CryptoKey;
  parentPem: string;
  parentKey: CryptoKey;
};

/** A CA certificate that may sign devices and no further CA, and ends with the one above at the latest. */
export async function issueIntermediateCertificate(
  { subject, validityDays, publicKey: key, parentPem, parentKey }: IntermediateRequest,
  context: PkiContext,
): Promise<Result<IssuedCertificate, IntermediateFault>> {
  const faults = checkSubject(subject);
  if (faults.length > 0) return fail({ kind: 'subject-refused', faults });
  const parent = readCertificate(parentPem);
  if (!parent.ok) return fail({ kind: 'parent-not-ca' });
  const name = toName(subject);
  const parentFault = faultOf(parent.value, name);
  if (parentFault) return fail(parentFault);
  const validity = validityFor(validityDays, context.now, parent.value);
  if (!validity.ok) return validity;

  const publicKey = await x509.PublicKey.create(key, context.crypto);
  const certificate = await issueCertificate(
    {
      subject: name,
      issuer: parent.value.subjectName,
      validity: validity.value,
      publicKey,
      signingKey: parentKey,
      extensions: await intermediateExtensions(publicKey, parent.value, context.crypto),
    },
    context,
  );
  return ok(certificate);
}

function faultOf(parent: x509.X509Certificate, name: x509.Name): ParentFault | undefined {
  if (!saysCaTrue(parent)) return { kind: 'parent-not-ca' };
  if (mayNotSignCertificates(parent)) return { kind: 'parent-no-key-cert-sign' };
  if (pathLengthOf(parent) === 0) return { kind: 'parent-path-length' };
  return hasSameName(parent.subjectName, name) ? { kind: 'subject-is-parents' } : undefined;
}
