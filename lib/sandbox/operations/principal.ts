import { invalidRequest, notFound } from '@/lib/sandbox/api-error';
import type { Scope } from '@/lib/sandbox/scope';
import type { CertificateRecord } from '@/lib/sandbox/state/records';

const CERTIFICATE_ARN = /^arn:aws(?:-cn|-us-gov)?:iot:([a-z0-9-]+):(\d{12}):cert\/([0-9a-f]{64})$/;

/**
 * The certificate that an ARN names, in this account and Region.
 *
 * @throws ApiError InvalidRequestException when it is no certificate's ARN, ResourceNotFoundException when there is none
 */
export function requireCertificateByArn(scope: Scope, arn: string): CertificateRecord {
  const [, region, accountId, certificateId = ''] = CERTIFICATE_ARN.exec(arn) ?? [];
  if (!region) throw invalidRequest(`Invalid principal: ${arn} is not the ARN of a certificate`);
  const certificate =
    region === scope.region.name && accountId === scope.accountId
      ? scope.region.certificates.get(certificateId)
      : undefined;
  if (!certificate) throw notFound(`The principal ${arn} does not exist in your account`);
  return certificate;
}
