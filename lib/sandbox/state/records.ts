/**
 * What the sandbox keeps, as plain JSON. Times are epoch milliseconds; `sequence` orders by creation and never changes.
 * @module
 */

export type Validity = { notBefore: number; notAfter: number };
export type CertificateMode = 'DEFAULT' | 'SNI_ONLY';
export type CaStatus = 'ACTIVE' | 'INACTIVE';
export type CertificateStatus = 'ACTIVE' | 'INACTIVE' | 'REVOKED' | 'PENDING_ACTIVATION' | 'PENDING_TRANSFER';

export type RegistrationConfig = {
  templateBody?: string | undefined;
  roleArn?: string | undefined;
  templateName?: string | undefined;
};

type Registered = {
  /** Lower-case hex SHA-256 of the DER. */
  certificateId: string;
  certificatePem: string;
  certificateMode: CertificateMode;
  validity: Validity;
  createdAt: number;
  modifiedAt: number;
  customerVersion: number;
  generationId: string;
  sequence: number;
};

export type CaCertificateRecord = Registered & {
  /** As `node:crypto` prints it; equals `issuer` of what the CA signs. */
  subject: string;
  status: CaStatus;
  autoRegistrationStatus: 'ENABLE' | 'DISABLE';
  /** Absent with auto-registration enabled: just-in-time registration (JITR). */
  registrationConfig?: RegistrationConfig | undefined;
};

export type CertificateRecord = Registered & {
  status: CertificateStatus;
  /** Absent: AWS issued it, or it was registered without CA. */
  caCertificateId?: string | undefined;
  /** The last transfer, under way or over. */
  transfer?: CertificateTransfer | undefined;
};

export type CertificateTransfer = {
  /** 12 digits. */
  targetAccountId: string;
  message?: string | undefined;
  startedAt: number;
  acceptedAt?: number | undefined;
  rejectedAt?: number | undefined;
  rejectReason?: string | undefined;
};

export type PolicyVersionRecord = { document: string; createdAt: number };

export type PolicyRecord = {
  policyName: string;
  defaultVersionId: string;
  /** Highest version number ever given; numbers are not reused. */
  lastVersion: number;
  versions: Readonly<Record<string, PolicyVersionRecord>>;
  createdAt: number;
  modifiedAt: number;
  generationId: string;
  sequence: number;
};

export type ThingRecord = {
  thingName: string;
  thingId: string;
  thingTypeName?: string | undefined;
  billingGroupName?: string | undefined;
  attributes: Readonly<Record<string, string>>;
  version: number;
  sequence: number;
};

/** How a principal is attached to a thing. */
export type ThingPrincipalRecord = { type: 'EXCLUSIVE_THING' | 'NON_EXCLUSIVE_THING' };

/** An attached policy. */
export type PolicyAttachmentRecord = { attachedAt: number };

export type RoleRecord = {
  roleName: string;
  path: string;
  roleId: string;
  description?: string | undefined;
  assumeRolePolicyDocument: string;
  maxSessionDuration: number;
  attachedPolicyArns: readonly string[];
  /** Inline policies: name to document. */
  inlinePolicies: Readonly<Record<string, string>>;
  tags: readonly { Key: string; Value: string }[];
  createdAt: number;
  sequence: number;
};
