import type {
  DescribeCertificateRequest,
  DescribeCertificateResponse,
  ListCertificatesByCARequest,
  ListCertificatesByCAResponse,
  ListCertificatesRequest,
  ListCertificatesResponse,
  TransferData,
} from '@aws-sdk/client-iot';
import { required } from '@/lib/sandbox/api-error';
import { pageOf } from '@/lib/sandbox/operations/page';
import type { Scope } from '@/lib/sandbox/scope';
import type { CertificateRecord, CertificateTransfer } from '@/lib/sandbox/state/records';
import { requireCertificate } from './certificates';

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
      previousOwnedBy: certificate.transfer?.acceptedAt === undefined ? undefined : scope.accountId,
      lastModifiedDate: new Date(certificate.modifiedAt),
      customerVersion: certificate.customerVersion,
      generationId: certificate.generationId,
      validity: {
        notBefore: new Date(certificate.validity.notBefore),
        notAfter: new Date(certificate.validity.notAfter),
      },
      transferData: certificate.transfer && transferDataOf(certificate.transfer),
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

const dateOf = (time: number | undefined) => (time === undefined ? undefined : new Date(time));

const transferDataOf = (transfer: CertificateTransfer): TransferData => ({
  transferMessage: transfer.message,
  rejectReason: transfer.rejectReason,
  transferDate: dateOf(transfer.startedAt),
  acceptDate: dateOf(transfer.acceptedAt),
  rejectDate: dateOf(transfer.rejectedAt),
});

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
