import type { CertificateFacts } from '@/lib/pki/inspect-certificate';
import type { CertificateStatus } from '@/lib/registry/device-certificate';
import type { JitrCertificate } from './decide';

/** What decisions look at of a certificate that AWS has registered. */
export function jitrCertificateOf(
  { certificateId, subject, serialDecimal, notBefore, notAfter }: CertificateFacts,
  status: CertificateStatus,
): JitrCertificate {
  return {
    certificateId,
    status,
    subject: subject.fields,
    serialNumberDecimal: serialDecimal,
    serialHex: BigInt(serialDecimal).toString(16),
    notBeforeMs: Date.parse(notBefore),
    notAfterMs: Date.parse(notAfter),
  };
}
