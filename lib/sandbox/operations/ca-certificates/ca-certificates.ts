import { randomUUID } from 'node:crypto';
import type {
  DeleteCACertificateRequest,
  DeleteCACertificateResponse,
  DescribeCACertificateRequest,
  DescribeCACertificateResponse,
  ListCACertificatesRequest,
  ListCACertificatesResponse,
  UpdateCACertificateRequest,
} from '@aws-sdk/client-iot';
import { ApiError, invalidRequest, notFound, required } from '@/lib/sandbox/api-error';
import { pageOf } from '@/lib/sandbox/operations/page';
import { forgetTags } from '@/lib/sandbox/operations/tags/saved-tags';
import type { Scope } from '@/lib/sandbox/scope';
import type { CaCertificateRecord } from '@/lib/sandbox/state/records';
import { checkRegistrationConfig } from './registration-config';

/** @throws ApiError ResourceNotFoundException */
function requireCa(scope: Scope, certificateId: string): CaCertificateRecord {
  const ca = scope.region.caCertificates.get(certificateId);
  if (!ca) throw notFound(`CA certificate ${certificateId} does not exist`);
  return ca;
}

export function describeCaCertificate(
  scope: Scope,
  input: DescribeCACertificateRequest,
): DescribeCACertificateResponse {
  const ca = requireCa(scope, required(input.certificateId, 'certificateId'));
  return {
    certificateDescription: {
      ...summaryOf(scope, ca),
      certificatePem: ca.certificatePem,
      ownedBy: scope.accountId,
      autoRegistrationStatus: ca.autoRegistrationStatus,
      lastModifiedDate: new Date(ca.modifiedAt),
      customerVersion: ca.customerVersion,
      generationId: ca.generationId,
      validity: { notBefore: new Date(ca.validity.notBefore), notAfter: new Date(ca.validity.notAfter) },
      certificateMode: ca.certificateMode,
    },
    registrationConfig: ca.registrationConfig,
  };
}

/** Rows carry no auto-registration status. */
export function listCaCertificates(
  scope: Scope,
  input: ListCACertificatesRequest,
): ListCACertificatesResponse {
  const all = scope.region.caCertificates.values();
  const cas =
    input.templateName === undefined
      ? all
      : [...all].filter((ca) => ca.registrationConfig?.templateName === input.templateName);
  const { items, next } = pageOf(
    scope,
    {
      of: ['ListCACertificates', input.templateName],
      token: input.marker,
      size: input.pageSize,
      descending: input.ascendingOrder !== true,
    },
    { items: cas, keyOf: (ca) => ca.sequence },
  );
  return { certificates: items.map((ca) => summaryOf(scope, ca)), nextMarker: next };
}

export function updateCaCertificate(scope: Scope, input: UpdateCACertificateRequest): object {
  const ca = requireCa(scope, required(input.certificateId, 'certificateId'));
  const remove = input.removeAutoRegistration === true;
  if (remove && input.registrationConfig) {
    throw invalidRequest('removeAutoRegistration and registrationConfig cannot be given together');
  }
  const registrationConfig = input.registrationConfig
    ? checkRegistrationConfig(scope, input.registrationConfig)
    : ca.registrationConfig;
  scope.region.caCertificates.set(ca.certificateId, {
    ...ca,
    status: input.newStatus ?? ca.status,
    autoRegistrationStatus: input.newAutoRegistrationStatus ?? ca.autoRegistrationStatus,
    registrationConfig: remove ? undefined : registrationConfig,
    modifiedAt: scope.now().getTime(),
    customerVersion: ca.customerVersion + 1,
    generationId: randomUUID(),
  });
  return {};
}

/** Certificates of the CA stay; they keep working until each is revoked. */
export function deleteCaCertificate(
  scope: Scope,
  input: DeleteCACertificateRequest,
): DeleteCACertificateResponse {
  const ca = requireCa(scope, required(input.certificateId, 'certificateId'));
  if (ca.status === 'ACTIVE') {
    throw new ApiError(
      'CertificateStateException',
      `CA certificate must be deactivated (not ACTIVE) before deletion. Id: ${ca.certificateId}`,
    );
  }
  forgetTags(scope, scope.region.caCertificateArn(ca.certificateId));
  scope.region.caCertificates.delete(ca.certificateId);
  return {};
}

const summaryOf = (scope: Scope, ca: CaCertificateRecord) => ({
  certificateArn: scope.region.caCertificateArn(ca.certificateId),
  certificateId: ca.certificateId,
  status: ca.status,
  creationDate: new Date(ca.createdAt),
});
