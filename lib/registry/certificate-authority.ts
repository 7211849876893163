/**
 * CA certificates as AWS IoT keeps them.
 * AWS IoT API Reference: CACertificate, CACertificateDescription, RegistrationConfig.
 * @module
 */

export type CaStatus = 'ACTIVE' | 'INACTIVE';

/**
 * How a CA was registered: DEFAULT with proof of its key, SNI_ONLY without. The devices of an SNI_ONLY CA must send
 * the full endpoint name.
 */
export type CertificateMode = 'DEFAULT' | 'SNI_ONLY';

/** The two ways to attach a template: its text and role on the CA itself, or the name of a JITP template. */
export type RegistrationConfig =
  | { kind: 'inline'; templateBody: string; roleArn: string }
  | { kind: 'named'; templateName: string };

/** Undefined: no template. */
export function isSameRegistrationConfig(
  one: RegistrationConfig | undefined,
  other: RegistrationConfig | undefined,
): boolean {
  if (one === undefined || other === undefined) return one === other;
  if (one.kind === 'named') return other.kind === 'named' && one.templateName === other.templateName;
  return other.kind === 'inline' && one.templateBody === other.templateBody && one.roleArn === other.roleArn;
}

/** What ListCACertificates tells: neither auto-registration nor expiry is among it. */
export type CaSummary = {
  /** Lower-case hex SHA-256 of the DER, 64 characters. */
  caId: string;
  arn: string;
  status: CaStatus;
  createdAt: Date | undefined;
};

export type CaDetail = CaSummary & {
  mode: CertificateMode;
  autoRegistration: boolean;
  certificatePem: string;
  notBefore: Date | undefined;
  notAfter: Date | undefined;
  lastModifiedAt: Date | undefined;
  ownedBy: string | undefined;
  /** Undefined: no template; first contact leaves the certificate pending (JITR) when auto-registration is on. */
  registrationConfig: RegistrationConfig | undefined;
};
