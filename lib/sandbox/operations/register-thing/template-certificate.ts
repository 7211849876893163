import type { CertificateSource } from '@/lib/provisioning/evaluate-registration';
import { ApiError } from '@/lib/sandbox/api-error';
import { requireCertificate } from '@/lib/sandbox/operations/certificates/certificates';
import { addIssued, certificateForRequest } from '@/lib/sandbox/operations/certificates/issue-certificate';
import { registerCertificate } from '@/lib/sandbox/operations/certificates/register-certificate';
import type { Scope } from '@/lib/sandbox/scope';
import { parseCertificate } from '@/lib/sandbox/x509/parsed-certificate';

/** The certificate that a template means. */
export type TemplateCertificate = {
  certificateId: string;
  /** Whether it is registered already, so that the template's override settings are asked about it. */
  exists: boolean;
  /** Registers it when it is not; its status is the template's to set. */
  save(): void;
};

/**
 * Finds, reads or issues the certificate; nothing is registered before `save`.
 *
 * @throws ApiError
 */
export async function templateCertificate(
  scope: Scope,
  source: CertificateSource,
): Promise<TemplateCertificate> {
  switch (source.kind) {
    case 'id': {
      const { certificateId } = requireCertificate(scope, source.certificateId);
      return { certificateId, exists: true, save: () => {} };
    }
    case 'pem': {
      const { certificatePem, caCertificatePem } = source;
      const certificateId = parsedId(certificatePem);
      const exists = scope.region.certificates.has(certificateId);
      const save = () => {
        if (!exists) registerCertificate(scope, { certificatePem, caCertificatePem });
      };
      return { certificateId, exists, save };
    }
    case 'csr': {
      const pem = await certificateForRequest(scope, source.certificateSigningRequest);
      const save = () => {
        addIssued(scope, { pem, isActive: false });
      };
      return { certificateId: parsedId(pem), exists: false, save };
    }
  }
}

function parsedId(pem: string): string {
  const certificate = parseCertificate(pem);
  if (certificate) return certificate.certificateId;
  throw new ApiError(
    'CertificateValidationException',
    'The certificate is not a valid PEM-encoded X.509 certificate',
  );
}
