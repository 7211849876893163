/**
 * Giving a certificate to another account. The sandbox has one account, so what the other one would do happens only where a
 * certificate is transferred to this account itself; every other transfer stays pending until it is cancelled.
 * AWS IoT Core Developer Guide, "Transfer a certificate to another account".
 * @module
 */
import type {
  AcceptCertificateTransferRequest,
  CancelCertificateTransferRequest,
  ListOutgoingCertificatesRequest,
  ListOutgoingCertificatesResponse,
  RejectCertificateTransferRequest,
  TransferCertificateRequest,
  TransferCertificateResponse,
} from '@aws-sdk/client-iot';
import { ApiError, invalidRequest, notFound, required } from '@/lib/sandbox/api-error';
import { pageOf } from '@/lib/sandbox/operations/page';
import type { Scope } from '@/lib/sandbox/scope';
import type { CertificateRecord, CertificateTransfer } from '@/lib/sandbox/state/records';
import { requireCertificate, saveStatus } from './certificates';

export function transferCertificate(
  scope: Scope,
  input: TransferCertificateRequest,
): TransferCertificateResponse {
  const certificate = requireCertificate(scope, required(input.certificateId, 'certificateId'));
  const targetAccountId = required(input.targetAwsAccount, 'targetAwsAccount');
  const { certificateId, status } = certificate;
  const arn = scope.region.certificateArn(certificateId);
  if (status !== 'INACTIVE') {
    throw new ApiError(
      'CertificateStateException',
      `The certificate must be INACTIVE to be transferred, and is ${status}. Id: ${certificateId}`,
    );
  }
  if (scope.region.policyAttachments.leftsOf(arn).size > 0) {
    throw new ApiError(
      'TransferConflictException',
      `Policies must be detached before the certificate is transferred (arn: ${arn})`,
    );
  }
  if (scope.region.thingPrincipals.leftsOf(arn).size > 0) {
    throw new ApiError(
      'TransferConflictException',
      `Things must be detached before the certificate is transferred (arn: ${arn})`,
    );
  }
  const transfer = { targetAccountId, message: input.transferMessage, startedAt: scope.now().getTime() };
  saveStatus(scope, { ...certificate, transfer }, 'PENDING_TRANSFER');
  return {
    transferredCertificateArn: `arn:aws:iot:${scope.region.name}:${targetAccountId}:cert/${certificateId}`,
  };
}

/** Only the account that gives can cancel. */
export function cancelCertificateTransfer(scope: Scope, input: CancelCertificateTransferRequest): object {
  const { certificate } = requirePending(scope, input.certificateId);
  saveStatus(scope, certificate, 'INACTIVE');
  return {};
}

export function acceptCertificateTransfer(scope: Scope, input: AcceptCertificateTransferRequest): object {
  const { certificate, transfer } = requireIncoming(scope, input.certificateId);
  const acceptedAt = scope.now().getTime();
  const status = input.setAsActive === true ? 'ACTIVE' : 'INACTIVE';
  saveStatus(scope, { ...certificate, transfer: { ...transfer, acceptedAt } }, status);
  return {};
}

export function rejectCertificateTransfer(scope: Scope, input: RejectCertificateTransferRequest): object {
  const { certificate, transfer } = requireIncoming(scope, input.certificateId);
  const rejected = { rejectedAt: scope.now().getTime(), rejectReason: input.rejectReason };
  saveStatus(scope, { ...certificate, transfer: { ...transfer, ...rejected } }, 'INACTIVE');
  return {};
}

export function listOutgoingCertificates(
  scope: Scope,
  input: ListOutgoingCertificatesRequest,
): ListOutgoingCertificatesResponse {
  const outgoing = [...scope.region.certificates.values()].flatMap((certificate) =>
    certificate.status === 'PENDING_TRANSFER' && certificate.transfer
      ? [{ certificate, transfer: certificate.transfer }]
      : [],
  );
  const { items, next } = pageOf(
    scope,
    {
      of: ['ListOutgoingCertificates'],
      token: input.marker,
      size: input.pageSize,
      descending: input.ascendingOrder !== true,
    },
    { items: outgoing, keyOf: ({ certificate }) => certificate.sequence },
  );
  return {
    outgoingCertificates: items.map(({ certificate, transfer }) => ({
      certificateArn: scope.region.certificateArn(certificate.certificateId),
      certificateId: certificate.certificateId,
      transferredTo: transfer.targetAccountId,
      transferDate: new Date(transfer.startedAt),
      transferMessage: transfer.message,
      creationDate: new Date(certificate.createdAt),
    })),
    nextMarker: next,
  };
}

type PendingTransfer = { certificate: CertificateRecord; transfer: CertificateTransfer };

function requirePending(scope: Scope, certificateId: string | undefined): PendingTransfer {
  const certificate = requireCertificate(scope, required(certificateId, 'certificateId'));
  const { transfer, status } = certificate;
  if (!transfer)
    throw invalidRequest(`The certificate ${certificate.certificateId} is not being transferred`);
  if (status === 'PENDING_TRANSFER') return { certificate, transfer };
  throw new ApiError(
    'TransferAlreadyCompletedException',
    `The transfer of the certificate ${certificate.certificateId} is already complete`,
  );
}

/** What another account is offered is not this one's to accept or reject. */
function requireIncoming(scope: Scope, certificateId: string | undefined): PendingTransfer {
  const pending = requirePending(scope, certificateId);
  if (pending.transfer.targetAccountId === scope.accountId) return pending;
  throw notFound(
    `No transfer of the certificate ${pending.certificate.certificateId} to this account exists`,
  );
}
