import { X509Certificate } from 'node:crypto';

/** A parsed certificate costs some 10 KB; so many first contacts may wait for their provisioning at a time. */
const CERTIFICATES_MAX = 1_000;

const lately = new Map<string, X509Certificate>();

/**
 * Remembers a certificate that will be asked for by its PEM soon. OpenSSL 3 takes a third of a millisecond to parse one, and a
 * first connect would have the same one parsed three times: from the handshake, to register it, and to provision it.
 */
export function rememberParsed(pem: string, x509: X509Certificate): void {
  lately.set(pem, x509);
  if (lately.size <= CERTIFICATES_MAX) return;
  const [oldest] = lately.keys();
  if (oldest !== undefined) lately.delete(oldest);
}

/** @throws OpenSSL's error when the text holds no certificate */
export function parseX509(pem: string): X509Certificate {
  return lately.get(pem) ?? new X509Certificate(pem);
}
