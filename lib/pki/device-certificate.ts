/**
 * Device certificates: for a key that was made here, or for a signing request that a device brought.
 * @module
 */
import { fail, ok, type Result } from '@/lib/result';
import type { SubjectRefused } from './ca-certificate';
import { type CertificateFault, readCertificate } from './certificate';
import type { PkiContext } from './context';
import { type CsrFault, readCsr } from './csr';
import { leafExtensions } from './extensions';
import { type IssuedCertificate, issueCertificate } from './issue-certificate';
import { nameFacts } from './name-facts';
import { checkPublicKey, type PublicKeyFault } from './public-key';
import { checkSubject, type Subject, type SubjectFault } from './subject';
import { toName } from './subject-name';
import { type ValidityFault, validityFor } from './validity';
import { x509 } from './x509';

export type DeviceIssuer = { caPem: string; caKey: CryptoKey; validityDays: number };

export type DeviceFault =
  | SubjectRefused
  | ValidityFault
  | CertificateFault
  | CsrFault
  | PublicKeyFault
  /** RFC 5280 allows an empty subject, but nothing on AWS IoT could be named after such a device. */
  | { kind: 'csr-subject-empty' };

/** A certificate for a public key and a subject. */
export async function issueDeviceCertificate(
  request: DeviceIssuer & { subject: Subject; publicKey: CryptoKey },
  context: PkiContext,
): Promise<Result<IssuedCertificate, DeviceFault>> {
  const faults = checkSubject(request.subject);
  if (faults.length > 0) return fail({ kind: 'subject-refused', faults });
  const publicKey = await x509.PublicKey.create(request.publicKey, context.crypto);
  return issueLeaf(request, toName(request.subject), publicKey, context);
}

/**
 * A certificate for a foreign request. Its signature is verified first; of its contents only the key is taken, and
 * the subject where none is given here. Extensions it asks for are not granted.
 */
export async function issueFromCsr(
  request: DeviceIssuer & { csr: string | Uint8Array; subject?: Subject | undefined },
  context: PkiContext,
): Promise<Result<IssuedCertificate, DeviceFault>> {
  const csr = await readCsr(request.csr, context.crypto);
  if (!csr.ok) return csr;
  const keyFault = checkPublicKey(csr.value.publicKey);
  if (keyFault) return fail(keyFault);

  const { subject } = request;
  const name = subject ? toName(subject) : csr.value.subjectName;
  const faults = subject ? checkSubject(subject) : foreignSubjectFaults(name);
  if (faults.length > 0) return fail({ kind: 'subject-refused', faults });
  if (name.toJSON().length === 0) return fail({ kind: 'csr-subject-empty' });
  return issueLeaf(request, name, csr.value.publicKey, context);
}

/**
 * Another tool's subject is taken as it is, lengths and string types included; only control characters are not, since they
 * would travel on into thing names and commands.
 */
function foreignSubjectFaults(name: x509.Name): SubjectFault[] {
  return checkSubject(nameFacts(name).fields).filter(({ kind }) => kind === 'subject-control-character');
}

async function issueLeaf(
  issuer: DeviceIssuer,
  subject: x509.Name,
  publicKey: x509.PublicKey,
  context: PkiContext,
): Promise<Result<IssuedCertificate, DeviceFault>> {
  const ca = readCertificate(issuer.caPem);
  if (!ca.ok) return ca;
  const validity = validityFor(issuer.validityDays, context.now, ca.value);
  if (!validity.ok) return validity;

  const certificate = await issueCertificate(
    {
      subject,
      issuer: ca.value.subjectName,
      validity: validity.value,
      publicKey,
      signingKey: issuer.caKey,
      extensions: await leafExtensions(publicKey, ca.value, 'clientAuth', context.crypto),
    },
    context,
  );
  return ok(certificate);
}
