/**
 * Certificates that AWS IoT issues itself.
 * AWS IoT API Reference, CreateKeysAndCertificate and CreateCertificateFromCsr.
 * @module
 */
import type {
  CreateCertificateFromCsrRequest,
  CreateCertificateFromCsrResponse,
  CreateKeysAndCertificateRequest,
  CreateKeysAndCertificateResponse,
} from '@aws-sdk/client-iot';
import { invalidRequest, required } from '@/lib/sandbox/api-error';
import type { Scope } from '@/lib/sandbox/scope';
import type { CertificateRecord } from '@/lib/sandbox/state/records';
import { hasAcceptedKey } from '@/lib/sandbox/x509/acceptable';
import { generateRsaKeyPair, issueAmazonCertificate } from '@/lib/sandbox/x509/amazon-certificate';
import { parseCertificate } from '@/lib/sandbox/x509/parsed-certificate';
import { parseSigningRequest } from '@/lib/sandbox/x509/signing-request';
import { addCertificate } from './add-certificate';

/** The private key is in this answer and nowhere else. */
export async function createKeysAndCertificate(
  scope: Scope,
  input: CreateKeysAndCertificateRequest,
): Promise<CreateKeysAndCertificateResponse> {
  const { publicKey, privateKey } = await generateRsaKeyPair();
  const pem = await issueAmazonCertificate({ publicKey }, scope.now());
  const record = addIssued(scope, { pem, isActive: input.setAsActive === true });
  return {
    ...answerFor(scope, record),
    keyPair: {
      PublicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
      PrivateKey: privateKey.export({ type: 'pkcs1', format: 'pem' }).toString(),
    },
  };
}

export async function createCertificateFromCsr(
  scope: Scope,
  input: CreateCertificateFromCsrRequest,
): Promise<CreateCertificateFromCsrResponse> {
  const pem = await certificateForRequest(
    scope,
    required(input.certificateSigningRequest, 'certificateSigningRequest'),
  );
  return answerFor(scope, addIssued(scope, { pem, isActive: input.setAsActive === true }));
}

/**
 * A certificate, in PEM, for a signing request; not registered yet.
 *
 * @throws ApiError InvalidRequestException
 */
export async function certificateForRequest(scope: Scope, pem: string): Promise<string> {
  const request = parseSigningRequest(pem);
  if (!request) {
    throw invalidRequest(
      'The certificate signing request is not valid, or not signed by the key that it carries',
    );
  }
  if (!hasAcceptedKey(request.publicKey) || request.publicKey.asymmetricKeyType === 'dsa') {
    throw invalidRequest(
      'The key of the certificate signing request is neither RSA of at least 2048 bits nor P-256, P-384 or P-521',
    );
  }
  return issueAmazonCertificate(request, scope.now());
}

/** Registers what {@link issueAmazonCertificate} has made. */
export function addIssued(
  scope: Scope,
  { pem, isActive }: { pem: string; isActive: boolean },
): CertificateRecord {
  const certificate = parseCertificate(pem);
  if (!certificate) throw new TypeError('the sandbox can read the certificates that it issues');
  const status = isActive ? 'ACTIVE' : 'INACTIVE';
  return addCertificate(scope, { pem, certificate, status, issuedBy: 'aws' });
}

const answerFor = ({ region }: Scope, { certificateId, certificatePem }: CertificateRecord) => ({
  certificateArn: region.certificateArn(certificateId),
  certificateId,
  certificatePem,
});
