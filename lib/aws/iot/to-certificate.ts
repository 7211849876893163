/**
 * Device certificates out of AWS's words.
 * @module
 */
import type { Certificate, CertificateDescription } from '@aws-sdk/client-iot';
import { required } from '@/lib/aws/required';
import type { CertificateDetail, CertificateSummary } from '@/lib/registry/device-certificate';

export function toCertificateSummary(raw: Certificate): CertificateSummary {
  return {
    certificateId: required(raw.certificateId, 'certificateId'),
    arn: required(raw.certificateArn, 'certificateArn'),
    status: required(raw.status, 'status'),
    mode: raw.certificateMode ?? 'DEFAULT',
    createdAt: raw.creationDate,
  };
}

export function toCertificateDetail(raw: CertificateDescription): CertificateDetail {
  const transfer = raw.transferData;
  return {
    ...toCertificateSummary(raw),
    caId: raw.caCertificateId,
    certificatePem: required(raw.certificatePem, 'certificatePem'),
    notBefore: raw.validity?.notBefore,
    notAfter: raw.validity?.notAfter,
    lastModifiedAt: raw.lastModifiedDate,
    ownedBy: raw.ownedBy,
    previousOwnedBy: raw.previousOwnedBy,
    transfer: transfer && {
      message: transfer.transferMessage,
      rejectReason: transfer.rejectReason,
      at: transfer.transferDate,
    },
  };
}
