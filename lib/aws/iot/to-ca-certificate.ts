/**
 * CA certificates out of AWS's words.
 * @module
 */
import type { CACertificate, DescribeCACertificateResponse } from '@aws-sdk/client-iot';
import { required } from '@/lib/aws/required';
import type { CaDetail, CaSummary } from '@/lib/registry/certificate-authority';
import { toRegistrationConfig } from './registration-config';

export function toCaSummary(raw: CACertificate): CaSummary {
  return {
    caId: required(raw.certificateId, 'certificateId'),
    arn: required(raw.certificateArn, 'certificateArn'),
    status: required(raw.status, 'status'),
    createdAt: raw.creationDate,
  };
}

export function toCaDetail({
  certificateDescription,
  registrationConfig,
}: DescribeCACertificateResponse): CaDetail {
  const raw = required(certificateDescription, 'certificateDescription');
  return {
    ...toCaSummary(raw),
    // Accounts older than SNI_ONLY have certificates without a mode; the service model's default is DEFAULT.
    mode: raw.certificateMode ?? 'DEFAULT',
    autoRegistration: raw.autoRegistrationStatus === 'ENABLE',
    certificatePem: required(raw.certificatePem, 'certificatePem'),
    notBefore: raw.validity?.notBefore,
    notAfter: raw.validity?.notAfter,
    lastModifiedAt: raw.lastModifiedDate,
    ownedBy: raw.ownedBy,
    registrationConfig: toRegistrationConfig(registrationConfig),
  };
}
