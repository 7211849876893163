import { randomUUID } from 'node:crypto';
import { ApiError } from '@/lib/sandbox/api-error';
import type { Scope } from '@/lib/sandbox/scope';
import type {
  CaCertificateRecord,
  CertificateMode,
  CertificateRecord,
  CertificateStatus,
} from '@/lib/sandbox/state/records';
import type { ParsedCertificate } from '@/lib/sandbox/x509/parsed-certificate';

type NewCertificate = {
  pem: string;
  certificate: ParsedCertificate;
  status: CertificateStatus;
  /** A registered CA, AWS IoT itself, or somebody that AWS does not know. */
  issuedBy: CaCertificateRecord | 'aws' | 'unknown';
};

/**
 * Keeps a certificate that has been judged.
 *
 * @throws ApiError ResourceAlreadyExistsException
 */
export function addCertificate(scope: Scope, added: NewCertificate): CertificateRecord {
  const { region } = scope;
  const { pem, certificate, status, issuedBy } = added;
  const { certificateId, notBefore, notAfter } = certificate;
  refuseDuplicate(scope, certificateId);
  const now = scope.now().getTime();
  const record = region.certificates.set(certificateId, {
    certificateId,
    certificatePem: pem,
    certificateMode: modeOf(issuedBy),
    status,
    caCertificateId: typeof issuedBy === 'string' ? undefined : issuedBy.certificateId,
    validity: { notBefore, notAfter },
    createdAt: now,
    modifiedAt: now,
    customerVersion: 1,
    generationId: randomUUID(),
    sequence: region.nextSequence(),
  });
  scope.sandbox.changes.emit('certificate-status', { region: region.name, certificateId, status });
  return record;
}

/** @throws ApiError ResourceAlreadyExistsException */
export function refuseDuplicate({ region }: Scope, certificateId: string): void {
  if (!region.certificates.has(certificateId)) return;
  throw new ApiError(
    'ResourceAlreadyExistsException',
    `The certificate is already provisioned or registered (id: ${certificateId})`,
    { resourceId: certificateId, resourceArn: region.certificateArn(certificateId) },
  );
}

/** Its CA's mode; what nobody vouches for needs the server name. */
function modeOf(issuedBy: NewCertificate['issuedBy']): CertificateMode {
  if (issuedBy === 'aws') return 'DEFAULT';
  return issuedBy === 'unknown' ? 'SNI_ONLY' : issuedBy.certificateMode;
}
