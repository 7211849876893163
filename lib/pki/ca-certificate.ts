/**
 * A certificate authority of one's own: its self-signed certificate.
 * @module
 */
import { fail, ok, type Result } from '@/lib/result';
import type { PkiContext } from './context';
import { caExtensions } from './extensions';
import { type IssuedCertificate, issueCertificate } from './issue-certificate';
import type { KeyAlgorithm } from './key-algorithm';
import { checkSubject, type Subject, type SubjectFault } from './subject';
import { toName } from './subject-name';
import { type ValidityFault, validityFor } from './validity';
import { x509 } from './x509';

export type CaRequest = { subject: Subject; algorithm: KeyAlgorithm; validityDays: number };

/** The CA of AWS's article on JITP (Knowledge Center), to the letter: RSA 2048, C=IN, O=AMZ, ten years. */
export const ARTICLE_CA: CaRequest = {
  subject: { country: 'IN', organization: 'AMZ' },
  algorithm: 'RSA-2048',
  validityDays: 3650,
};

export type SubjectRefused = { kind: 'subject-refused'; faults: SubjectFault[] };

/** The self-signed certificate over a key pair; the pair is the caller's to keep. */
export async function issueCaCertificate(
  request: { subject: Subject; validityDays: number; keys: CryptoKeyPair },
  context: PkiContext,
): Promise<Result<IssuedCertificate, SubjectRefused | ValidityFault>> {
  const faults = checkSubject(request.subject);
  if (faults.length > 0) return fail({ kind: 'subject-refused', faults });
  const validity = validityFor(request.validityDays, context.now);
  if (!validity.ok) return validity;

  const name = toName(request.subject);
  const publicKey = await x509.PublicKey.create(request.keys.publicKey, context.crypto);
  const certificate = await issueCertificate(
    {
      subject: name,
      issuer: name,
      validity: validity.value,
      publicKey,
      signingKey: request.keys.privateKey,
      extensions: await caExtensions(publicKey, context.crypto),
    },
    context,
  );
  return ok(certificate);
}
