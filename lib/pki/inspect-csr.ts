/**
 * A signing request as plain facts.
 * @module
 */
import { ok, type Result } from '@/lib/result';
import { type CsrFault, readCsr } from './csr';
import { type NameFacts, nameFacts } from './name-facts';
import { checkPublicKey, type PublicKeyFacts, type PublicKeyFault, publicKeyFacts } from './public-key';
import { signatureAlgorithmName } from './signature-algorithm';

/** `keyFault` says why AWS IoT would not take a certificate for this key. */
export type CsrFacts = {
  subject: NameFacts;
  publicKey: PublicKeyFacts;
  signatureAlgorithm: string;
  keyFault: PublicKeyFault | undefined;
};

/** Only for requests whose own signature verifies. */
export async function inspectCsr(
  input: string | Uint8Array,
  crypto: Crypto,
): Promise<Result<CsrFacts, CsrFault>> {
  const csr = await readCsr(input, crypto);
  if (!csr.ok) return csr;
  return ok({
    subject: nameFacts(csr.value.subjectName),
    publicKey: publicKeyFacts(csr.value.publicKey),
    signatureAlgorithm: signatureAlgorithmName(csr.value),
    keyFault: checkPublicKey(csr.value.publicKey),
  });
}
