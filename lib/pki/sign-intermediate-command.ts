/**
 * How an offline root signs the request of an intermediate with OpenSSL: the extension file and the line to paste.
 * @module
 */
import { shellQuote } from '@/lib/shell-quote';

/** What the file is called in the command. */
export const EXTENSIONS_FILE = 'intermediate.cnf';

/** What an intermediate made here has too (OpenSSL's x509v3_config manual). */
export const intermediateExtensionsFile = (): string =>
  [
    'basicConstraints = critical, CA:TRUE, pathlen:0',
    'keyUsage = critical, keyCertSign, cRLSign',
    'subjectKeyIdentifier = hash',
    'authorityKeyIdentifier = keyid',
    '',
  ].join('\n');

export type SigningFiles = { csr: string; certificate: string; rootCertificate: string; rootKey: string };

/** For a POSIX shell beside the root's files; OpenSSL asks for the passphrase of the root's key itself. */
export function intermediateCommand(files: SigningFiles, validityDays: number): string {
  const words = [
    ...['openssl', 'x509', '-req', '-sha256', '-in', files.csr],
    ...['-CA', files.rootCertificate, '-CAkey', files.rootKey, '-CAcreateserial'],
    ...['-days', String(validityDays), '-extfile', EXTENSIONS_FILE, '-out', files.certificate],
  ];
  return words.map(shellQuote).join(' ');
}
