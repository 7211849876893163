import type {
  RegisterCertificateRequest,
  RegisterCertificateResponse,
  RegisterCertificateWithoutCARequest,
  RegisterCertificateWithoutCAResponse,
} from '@aws-sdk/client-iot';
import { ApiError, invalidRequest, required } from '@/lib/sandbox/api-error';
import type { Scope } from '@/lib/sandbox/scope';
import type { CaCertificateRecord, CertificateRecord, CertificateStatus } from '@/lib/sandbox/state/records';
import { hasAcceptedKey, isWithinValidity } from '@/lib/sandbox/x509/acceptable';
import { isSignedBy, type ParsedCertificate, parseCertificate } from '@/lib/sandbox/x509/parsed-certificate';
import { addCertificate, refuseDuplicate } from './add-certificate';

/** Registers a certificate of a registered CA, in the CA's mode; publishes no registered event. */
export function registerCertificate(
  scope: Scope,
  input: RegisterCertificateRequest,
): RegisterCertificateResponse {
  const pem = required(input.certificatePem, 'certificatePem');
  const status = askedStatus(input.status) ?? (input.setAsActive === true ? 'ACTIVE' : 'INACTIVE');
  const certificate = judged(scope, pem);
  // Before its CA is looked for: what AWS IoT issued is known without one.
  refuseDuplicate(scope, certificate.certificateId);
  const ca = issuingCa(scope, { certificate, caCertificatePem: input.caCertificatePem });
  if (ca.status !== 'ACTIVE') {
    throw new ApiError(
      'CertificateStateException',
      `The CA certificate ${ca.certificateId} is not active. Activate it before registering certificates of it.`,
    );
  }
  return answerFor(scope, addCertificate(scope, { pem, certificate, status, issuedBy: ca }));
}

/** Registers a certificate of any issuer, in mode SNI_ONLY. */
export function registerCertificateWithoutCa(
  scope: Scope,
  input: RegisterCertificateWithoutCARequest,
): RegisterCertificateWithoutCAResponse {
  const pem = required(input.certificatePem, 'certificatePem');
  const status = askedStatus(input.status) ?? 'INACTIVE';
  const certificate = judged(scope, pem);
  return answerFor(scope, addCertificate(scope, { pem, certificate, status, issuedBy: 'unknown' }));
}

/**
 * Registers a device's certificate as its first connect does, PENDING_ACTIVATION. The caller has verified signature,
 * dates and the CA's state.
 *
 * @throws ApiError ResourceAlreadyExistsException
 */
export function registerPendingCertificate(
  scope: Scope,
  { certificatePem, caCertificateId }: { certificatePem: string; caCertificateId: string },
): CertificateRecord {
  const certificate = parseCertificate(certificatePem);
  const ca = scope.region.caCertificates.get(caCertificateId);
  if (!certificate || !ca) throw new TypeError('the caller has parsed the certificate and found its CA');
  return addCertificate(scope, {
    pem: certificatePem,
    certificate,
    status: 'PENDING_ACTIVATION',
    issuedBy: ca,
  });
}

function askedStatus(status: string | undefined): CertificateStatus | undefined {
  switch (status) {
    case undefined:
    case 'ACTIVE':
    case 'INACTIVE':
    case 'REVOKED':
      return status;
    case 'PENDING_ACTIVATION':
    case 'PENDING_TRANSFER':
      throw new ApiError(
        'CertificateStateException',
        `Not allowed to register certificate with ${status} status`,
      );
    default:
      throw invalidRequest(`The certificate status ${status} is not supported`);
  }
}

function judged(scope: Scope, pem: string): ParsedCertificate {
  const certificate = parseCertificate(pem);
  if (!certificate) throw invalidCertificate('The certificate is not a valid PEM-encoded X.509 certificate');
  if (!hasAcceptedKey(certificate.publicKey)) {
    throw invalidCertificate(
      'The key of the certificate is neither RSA of at least 2048 bits nor P-256, P-384 or P-521',
    );
  }
  if (!isWithinValidity(certificate, scope.now())) {
    throw invalidCertificate('The certificate is not within its validity period');
  }
  return certificate;
}

function issuingCa(
  scope: Scope,
  { certificate, caCertificatePem }: { certificate: ParsedCertificate; caCertificatePem: string | undefined },
): CaCertificateRecord {
  const candidates = scope.region.caCertificatesBySubject(certificate.issuer);
  const given = caCertificatePem === undefined ? undefined : parseCertificate(caCertificatePem);
  if (caCertificatePem !== undefined && !given) {
    throw invalidCertificate('The CA certificate is not a valid PEM-encoded X.509 certificate');
  }
  if (!given && candidates.length > 1) {
    throw new ApiError(
      'CertificateConflictException',
      'Several CA certificates with the same subject are registered. Give the CA certificate that signed this certificate.',
    );
  }
  const ca = given ? scope.region.caCertificates.get(given.certificateId) : candidates[0];
  const issuer = ca && parseCertificate(ca.certificatePem);
  if (!ca || !issuer) {
    throw new ApiError('CertificateStateException', 'No CA certificate exists for the given certificate');
  }
  if (!isSignedBy(certificate, issuer)) {
    throw invalidCertificate('The certificate is not signed by its CA certificate');
  }
  return ca;
}

const invalidCertificate = (message: string) => new ApiError('CertificateValidationException', message);

const answerFor = ({ region }: Scope, { certificateId }: CertificateRecord) => ({
  certificateArn: region.certificateArn(certificateId),
  certificateId,
});
