/**
 * The proof that one holds a CA's key: AWS IoT Developer Guide, "Create a CA verification certificate".
 * @module
 */
import { fail, ok, type Result } from '@/lib/result';
import type { PkiContext } from './context';
import { createCsr } from './csr';
import { type DeviceFault, issueFromCsr } from './device-certificate';
import type { IssuedCertificate } from './issue-certificate';
import { generateKeyPair } from './key-algorithm';

/** As in AWS's article. It is used for one call only; it must merely not be expired then. */
export const VERIFICATION_DAYS_DEFAULT = 500;

/** `registrationCode` is AWS's, 64 hex digits: it becomes the common name, which has room for exactly these. */
export type VerificationRequest = {
  registrationCode: string;
  caPem: string;
  caKey: CryptoKey;
  validityDays?: number;
};
export type VerificationFault = DeviceFault | { kind: 'registration-code' };
export type Verification = { csr: IssuedCertificate; certificate: IssuedCertificate };

/** Request and certificate over a new RSA 2048 key, which is forgotten: nobody needs it again. */
export async function createVerification(
  { registrationCode, caPem, caKey, validityDays = VERIFICATION_DAYS_DEFAULT }: VerificationRequest,
  context: PkiContext,
): Promise<Result<Verification, VerificationFault>> {
  if (!/^[0-9a-fA-F]{64}$/.test(registrationCode)) return fail({ kind: 'registration-code' });
  const keys = await generateKeyPair('RSA-2048', context.crypto);
  const csr = await createCsr({ subject: { commonName: registrationCode }, keys }, context.crypto);
  if (!csr.ok) return csr;
  const certificate = await issueFromCsr({ csr: csr.value.der, caPem, caKey, validityDays }, context);
  return certificate.ok ? ok({ csr: csr.value, certificate: certificate.value }) : certificate;
}
