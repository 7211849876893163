import { readCertificate } from './certificate';
import { isSignedBy } from './check-chain';

/** The one of `candidates` (PEM) whose key signed `leaf`; undefined when none did. */
export async function certificateSigner(
  leaf: string,
  candidates: readonly string[],
  crypto: Crypto,
): Promise<string | undefined> {
  const signed = readCertificate(leaf);
  if (!signed.ok) return undefined;
  for (const candidate of candidates) {
    const issuer = readCertificate(candidate);
    if (issuer.ok && (await isSignedBy(signed.value, issuer.value, crypto))) return candidate;
  }
  return undefined;
}
