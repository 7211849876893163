import { randomUUID } from 'node:crypto';
import type { RegisterCACertificateRequest, RegisterCACertificateResponse } from '@aws-sdk/client-iot';
import { ApiError, invalidRequest, required } from '@/lib/sandbox/api-error';
import { saveTags } from '@/lib/sandbox/operations/tags/saved-tags';
import type { Scope } from '@/lib/sandbox/scope';
import type { CertificateMode } from '@/lib/sandbox/state/records';
import {
  hasAcceptedKey,
  hasAcceptedSignatureAlgorithm,
  isWithinValidity,
} from '@/lib/sandbox/x509/acceptable';
import { isSignedBy, type ParsedCertificate, parseCertificate } from '@/lib/sandbox/x509/parsed-certificate';
import { registrationCodeOf } from './registration-code';
import { checkRegistrationConfig } from './registration-config';

/** AWS IoT Core quotas: CA certificates with one subject, per account and Region. */
const CAS_PER_SUBJECT_MAX = 10;

/** AWS IoT Core Developer Guide, "Register your CA certificate". INACTIVE and DISABLE unless asked otherwise. */
export function registerCaCertificate(
  scope: Scope,
  input: RegisterCACertificateRequest,
): RegisterCACertificateResponse {
  const { region } = scope;
  const certificatePem = required(input.caCertificate, 'caCertificate');
  const certificateMode = input.certificateMode ?? 'DEFAULT';
  const ca = judgedCa(scope, certificatePem);
  checkProof(scope, { ca, certificateMode, verificationPem: input.verificationCertificate });
  const registrationConfig =
    input.registrationConfig && checkRegistrationConfig(scope, input.registrationConfig);
  refuseDuplicate(scope, ca);
  saveTags(scope, region.caCertificateArn(ca.certificateId), input.tags);

  const now = scope.now().getTime();
  const { certificateId, subject, notBefore, notAfter } = ca;
  region.caCertificates.set(certificateId, {
    certificateId,
    certificatePem,
    certificateMode,
    subject,
    validity: { notBefore, notAfter },
    status: input.setAsActive === true ? 'ACTIVE' : 'INACTIVE',
    autoRegistrationStatus: input.allowAutoRegistration === true ? 'ENABLE' : 'DISABLE',
    registrationConfig,
    createdAt: now,
    modifiedAt: now,
    customerVersion: 1,
    generationId: randomUUID(),
    sequence: region.nextSequence(),
  });
  return { certificateArn: region.caCertificateArn(certificateId), certificateId };
}

function judgedCa(scope: Scope, pem: string): ParsedCertificate {
  const ca = parseCertificate(pem);
  if (!ca) throw invalid('The CA certificate is not a valid PEM-encoded X.509 certificate');
  if (!ca.isCa) throw invalid('The CA certificate does not have the basicConstraints extension as true');
  if (!hasAcceptedSignatureAlgorithm(ca)) {
    throw invalid(
      `The signature algorithm of the CA certificate is not supported (${ca.signatureAlgorithm})`,
    );
  }
  if (!hasAcceptedKey(ca.publicKey)) {
    throw invalid(
      'The key of the CA certificate is not supported. Use RSA of at least 2048 bits, or P-256, P-384 or P-521.',
    );
  }
  if (!isWithinValidity(ca, scope.now())) {
    throw invalid('The CA certificate is not within its validity period');
  }
  return ca;
}

/** Possession of the CA's key: a certificate that it signed and whose CN is the registration code. */
function checkProof(
  scope: Scope,
  {
    ca,
    certificateMode,
    verificationPem,
  }: { ca: ParsedCertificate; certificateMode: CertificateMode; verificationPem: string | undefined },
): void {
  if (certificateMode === 'SNI_ONLY') {
    if (verificationPem === undefined) return;
    throw invalidRequest('verificationCertificate must be empty when certificateMode is SNI_ONLY');
  }
  if (verificationPem === undefined) {
    throw invalidRequest('verificationCertificate is required when certificateMode is DEFAULT');
  }
  const verification = parseCertificate(verificationPem);
  if (!verification) {
    throw invalid('The verification certificate is not a valid PEM-encoded X.509 certificate');
  }
  if (!isSignedBy(verification, ca)) {
    throw invalid('The verification certificate is not signed by the private key of the CA certificate');
  }
  if (!isWithinValidity(verification, scope.now())) {
    throw invalid('The verification certificate is not within its validity period');
  }
  // `node:crypto` prints one attribute per line and escapes line feeds inside of them.
  if (!verification.subject.split('\n').includes(`CN=${registrationCodeOf(scope)}`)) {
    throw new ApiError(
      'RegistrationCodeValidationException',
      'The common name of the verification certificate is not the registration code of this account and Region',
    );
  }
}

function refuseDuplicate({ region }: Scope, ca: ParsedCertificate): void {
  if (region.caCertificates.has(ca.certificateId)) {
    throw new ApiError(
      'ResourceAlreadyExistsException',
      `The CA certificate is already registered (id: ${ca.certificateId})`,
      { resourceId: ca.certificateId, resourceArn: region.caCertificateArn(ca.certificateId) },
    );
  }
  if (region.caCertificatesBySubject(ca.subject).length >= CAS_PER_SUBJECT_MAX) {
    throw new ApiError(
      'LimitExceededException',
      'Limit reached for number of CA Certificates with same subject',
    );
  }
}

const invalid = (message: string) => new ApiError('CertificateValidationException', message);
