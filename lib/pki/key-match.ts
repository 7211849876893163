/**
 * Whether a private key belongs to a certificate.
 * @module
 */
import { ok, type Result } from '@/lib/result';
import { type CertificateFault, readCertificate } from './certificate';
import { signingAlgorithm } from './key-algorithm';
import type { x509 } from './x509';

const CHALLENGE_BYTES = 32;

/**
 * Signs a random challenge and checks it with the certificate's public key: it needs no export, so a non-extractable key
 * can be asked, and a key file that merely *claims* a public key does not pass.
 */
export async function keyMatchesCertificate(
  privateKey: CryptoKey,
  certificate: string | Uint8Array,
  crypto: Crypto,
): Promise<Result<boolean, CertificateFault>> {
  const parsed = readCertificate(certificate);
  return parsed.ok ? ok(await matches(privateKey, parsed.value.publicKey, crypto)) : parsed;
}

async function matches(privateKey: CryptoKey, publicKey: x509.PublicKey, crypto: Crypto): Promise<boolean> {
  try {
    const imported = await crypto.subtle.importKey(
      'spki',
      publicKey.rawData,
      importParameters(privateKey.algorithm),
      false,
      ['verify'],
    );
    const challenge = crypto.getRandomValues(new Uint8Array(CHALLENGE_BYTES));
    const algorithm = signingAlgorithm(privateKey);
    const signature = await crypto.subtle.sign(algorithm, privateKey, challenge);
    return await crypto.subtle.verify(algorithm, imported, signature, challenge);
  } catch {
    // An RSA key against an EC certificate, or another curve: the import refuses.
    return false;
  }
}

function importParameters(algorithm: KeyAlgorithm): RsaHashedImportParams | EcKeyImportParams {
  return 'namedCurve' in algorithm && typeof algorithm.namedCurve === 'string'
    ? { name: algorithm.name, namedCurve: algorithm.namedCurve }
    : { name: algorithm.name, hash: 'SHA-256' };
}
