import type {
  DeleteCertificateRequest,
  DescribeCertificateRequest,
  DescribeCertificateResponse,
  ListCertificatesByCARequest,
  ListCertificatesByCAResponse,
  ListCertificatesRequest,
  ListCertificatesResponse,
  UpdateCertificateRequest,
} from '@aws-sdk/client-iot';
import { ApiError, invalidRequest, notFound, required } from '@/lib/sandbox/api-error';
import { pageOf } from '@/lib/sandbox/operations/page';
import type { Scope } from '@/lib/sandbox/scope';
import type { CertificateRecord, CertificateStatus } from '@/lib/sandbox/state/records';

/** @throws ApiError ResourceNotFoundException */
function requireCertificate(scope: Scope, certificateId: string): CertificateRecord {
  const certificate = scope.region.certificates.get(certificateId);
  if (!certificate) throw notFound(`Certificate ${certificateId} does not exist`);
  return certificate;
}

export function describeCertificate(
  scope: Scope,
  input: DescribeCertificateRequest,
): DescribeCertificateResponse {
  const certificate = requireCertificate(scope, required(input.certificateId, 'certificateId'));
  return {
    certificateDescription: {
      ...summaryOf(scope, certificate),
      caCertificateId: certificate.caCertificateId,
      certificatePem: certificate.certificatePem,
      ownedBy: scope.accountId,
      lastModifiedDate: new Date(certificate.modifiedAt),
      customerVersion: certificate.customerVersion,
      generationId: certificate.generationId,
      validity: {
        notBefore: new Date(certificate.validity.notBefore),
        notAfter: new Date(certificate.validity.notAfter),
      },
    },
  };
}

export function listCertificates(scope: Scope, input: ListCertificatesRequest): ListCertificatesResponse {
  return certificatesPage(scope, {
    ...input,
    of: ['ListCertificates'],
    certificates: scope.region.certificates.values(),
  });
}

/** The model declares no ResourceNotFoundException here: an unknown CA has no certificates. */
export function listCertificatesByCa(
  scope: Scope,
  input: ListCertificatesByCARequest,
): ListCertificatesByCAResponse {
  const caCertificateId = required(input.caCertificateId, 'caCertificateId');
  return certificatesPage(scope, {
    ...input,
    of: ['ListCertificatesByCA', caCertificateId],
    certificates: [...scope.region.certificatesByCa(caCertificateId)].sort((a, b) => a.sequence - b.sequence),
  });
}

export function updateCertificate(scope: Scope, input: UpdateCertificateRequest): object {
  const certificate = requireCertificate(scope, required(input.certificateId, 'certificateId'));
  const status = settable(required(input.newStatus, 'newStatus'));
  if (certificate.status === status) return {};
  if (certificate.status === 'REVOKED') {
    throw new ApiError(
      'CertificateStateException',
      `The certificate is revoked and cannot become ${status}. Id: ${certificate.certificateId}`,
    );
  }
  scope.region.certificates.set(certificate.certificateId, {
    ...certificate,
    status,
    modifiedAt: scope.now().getTime(),
    customerVersion: certificate.customerVersion + 1,
  });
  tellStatus(scope, { certificateId: certificate.certificateId, status });
  return {};
}

/** The three refusals come in this order. `forceDelete` tolerates attached policies only. */
export function deleteCertificate(scope: Scope, input: DeleteCertificateRequest): object {
  const { certificateId, status } = requireCertificate(scope, required(input.certificateId, 'certificateId'));
  const { region } = scope;
  const arn = region.certificateArn(certificateId);
  if (status === 'ACTIVE') {
    throw new ApiError(
      'CertificateStateException',
      `Certificate must be deactivated (not ACTIVE) before deletion. Id: ${certificateId}`,
    );
  }
  if (region.thingPrincipals.leftsOf(arn).size > 0) {
    throw new ApiError('DeleteConflictException', `Things must be detached before deletion (arn: ${arn})`);
  }
  const policyNames = [...region.policyAttachments.leftsOf(arn).keys()];
  if (policyNames.length > 0 && input.forceDelete !== true) {
    throw new ApiError(
      'DeleteConflictException',
      `Certificate policies must be detached before deletion (arn: ${arn})`,
    );
  }
  for (const policyName of policyNames) region.policyAttachments.unlink(policyName, arn);
  region.certificates.delete(certificateId);
  tellStatus(scope, { certificateId, status: undefined });
  return {};
}

function settable(status: string): CertificateStatus {
  switch (status) {
    case 'ACTIVE':
    case 'INACTIVE':
    case 'REVOKED':
      return status;
    case 'PENDING_ACTIVATION':
    case 'PENDING_TRANSFER':
      throw new ApiError('CertificateStateException', `Not allowed to set the certificate status ${status}`);
    default:
      throw invalidRequest(`The certificate status ${status} is not supported`);
  }
}

function tellStatus(
  scope: Scope,
  change: { certificateId: string; status: CertificateStatus | undefined },
): void {
  scope.sandbox.changes.emit('certificate-status', { region: scope.region.name, ...change });
}

const summaryOf = (scope: Scope, certificate: CertificateRecord) => ({
  certificateArn: scope.region.certificateArn(certificate.certificateId),
  certificateId: certificate.certificateId,
  status: certificate.status,
  certificateMode: certificate.certificateMode,
  creationDate: new Date(certificate.createdAt),
});

function certificatesPage(
  scope: Scope,
  input: ListCertificatesRequest & { of: string[]; certificates: Iterable<CertificateRecord> },
): ListCertificatesResponse {
  const { items, next } = pageOf(
    scope,
    {
      of: input.of,
      token: input.marker,
      size: input.pageSize,
      descending: input.ascendingOrder !== true,
    },
    { items: input.certificates, keyOf: (certificate) => certificate.sequence },
  );
  return { certificates: items.map((certificate) => summaryOf(scope, certificate)), nextMarker: next };
}
