/**
 * The certificates of a batch, as the ledger is to keep them.
 * @module
 */
import 'server-only';
import { X509Certificate } from 'node:crypto';
import { type LedgerCertificate, readLedgerCertificate } from './ledger-certificate';

/**
 * Looks at the certificates once more, where the browser cannot interfere. By OpenSSL, which is many times faster than the library that
 * shows certificates.
 *
 * @param certificates - DER in base64
 * @returns in their order; undefined for what is no device certificate that this CA signed
 */
export function readBatchCertificates(
  certificates: readonly string[],
  caPem: string,
): (LedgerCertificate | undefined)[] {
  const ca = new X509Certificate(caPem);
  return certificates.map((certificate) =>
    readLedgerCertificate(Buffer.from(certificate, 'base64'), { keyOrigin: 'console', signedBy: ca }),
  );
}
