import type { DeleteCertificateRequest, UpdateCertificateRequest } from '@aws-sdk/client-iot';
import { ApiError, invalidRequest, notFound, required } from '@/lib/sandbox/api-error';
import type { Scope } from '@/lib/sandbox/scope';
import type { CertificateRecord, CertificateStatus } from '@/lib/sandbox/state/records';

/** @throws ApiError ResourceNotFoundException */
export function requireCertificate(scope: Scope, certificateId: string): CertificateRecord {
  const certificate = scope.region.certificates.get(certificateId);
  if (!certificate) throw notFound(`Certificate ${certificateId} does not exist`);
  return certificate;
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
  refuseDuringTransfer(certificate);
  saveStatus(scope, certificate, status);
  return {};
}

/** Keeps `certificate` as it is given, in that status, as a new version; connections that need another status end. */
export function saveStatus(scope: Scope, certificate: CertificateRecord, status: CertificateStatus): void {
  scope.region.certificates.set(certificate.certificateId, {
    ...certificate,
    status,
    modifiedAt: scope.now().getTime(),
    customerVersion: certificate.customerVersion + 1,
  });
  tellStatus(scope, { certificateId: certificate.certificateId, status });
}

/** The three refusals come in this order. `forceDelete` tolerates attached policies only. */
export function deleteCertificate(scope: Scope, input: DeleteCertificateRequest): object {
  const certificate = requireCertificate(scope, required(input.certificateId, 'certificateId'));
  const { certificateId, status } = certificate;
  const { region } = scope;
  const arn = region.certificateArn(certificateId);
  if (status === 'ACTIVE') {
    throw new ApiError(
      'CertificateStateException',
      `Certificate must be deactivated (not ACTIVE) before deletion. Id: ${certificateId}`,
    );
  }
  refuseDuringTransfer(certificate);
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

function refuseDuringTransfer({ certificateId, status }: CertificateRecord): void {
  if (status !== 'PENDING_TRANSFER') return;
  throw new ApiError(
    'CertificateStateException',
    `The certificate is being transferred to another account. Cancel the transfer first. Id: ${certificateId}`,
  );
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
