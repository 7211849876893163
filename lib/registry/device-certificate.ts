/**
 * Device certificates as AWS IoT keeps them.
 * AWS IoT API Reference: Certificate, CertificateDescription; Developer Guide, "Activate or deactivate a client certificate".
 * @module
 */
import type { CertificateMode } from './certificate-authority';

/** Every status AWS answers with. Only ACTIVE can connect. */
export type CertificateStatus =
  | 'ACTIVE'
  | 'INACTIVE'
  | 'PENDING_ACTIVATION'
  | 'PENDING_TRANSFER'
  | 'REGISTER_INACTIVE'
  | 'REVOKED';

/** The statuses a person may ask for; AWS sets the others by itself. */
export const SETTABLE_STATUSES = ['ACTIVE', 'INACTIVE', 'REVOKED'] as const;
export type SettableStatus = (typeof SETTABLE_STATUSES)[number];

/** What ListCertificates and ListCertificatesByCA tell: no CA, no subject, no thing. */
export type CertificateSummary = {
  /** Lower-case hex SHA-256 of the DER, 64 characters. */
  certificateId: string;
  arn: string;
  status: CertificateStatus;
  mode: CertificateMode;
  createdAt: Date | undefined;
};

export type CertificateDetail = CertificateSummary & {
  /** Undefined when it was registered without a CA. */
  caId: string | undefined;
  certificatePem: string;
  notBefore: Date | undefined;
  notAfter: Date | undefined;
  lastModifiedAt: Date | undefined;
  ownedBy: string | undefined;
  previousOwnedBy: string | undefined;
  transfer:
    | { message: string | undefined; rejectReason: string | undefined; at: Date | undefined }
    | undefined;
};

/** Whether `text` can be a certificate id at all: 64 lower-case hex digits (service model, `CertificateId`). */
export const isCertificateId = (text: string): boolean => /^[0-9a-f]{64}$/.test(text);
