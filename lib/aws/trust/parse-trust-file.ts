import 'server-only';
import { X509Certificate } from 'node:crypto';
import { parsePem, printPem } from '@/lib/pki/pem';
import type { ServerTrust } from '@/lib/registry/server-trust';
import { fail, ok, type Result } from '@/lib/result';

export type TrustFileFault = 'private-key' | 'no-certificate';

/**
 * The certificates of a trust file and nothing else of it: this goes to every device. A private key in the file is a
 * mistake that somebody has to hear of, so it is refused rather than left out.
 *
 * @param text - PEM (RFC 7468); text around the blocks and blocks of other labels are dropped
 * @returns `no-certificate` also when one of the certificates cannot be read
 */
export function parseTrustFile(text: string): Result<ServerTrust, TrustFileFault> {
  if (/PRIVATE\s+KEY/i.test(text)) return fail('private-key');
  const blocks = parsePem(text);
  if (!blocks.ok) return fail('no-certificate');
  const certificates: X509Certificate[] = [];
  for (const { label, der } of blocks.value) {
    if (label !== 'CERTIFICATE') continue;
    try {
      certificates.push(new X509Certificate(der));
    } catch {
      return fail('no-certificate');
    }
  }
  const [first] = certificates;
  if (first === undefined) return fail('no-certificate');
  return ok({
    pem: certificates.map(({ raw }) => printPem('CERTIFICATE', raw)).join(''),
    subject: subjectOf(first),
  });
}

/** One line, most specific part first, e.g. `CN=Amazon Root CA 1, O=Amazon, C=US`. */
export function subjectOf(certificate: X509Certificate): string {
  return certificate.subject.split('\n').reverse().join(', ');
}
