/**
 * What can be asked of AWS for a CA certificate. AWS IoT API Reference: RegisterCACertificate, UpdateCACertificate.
 * @module
 */
import type { CaStatus, RegistrationConfig } from './certificate-authority';

export type CaRegistration = {
  certificatePem: string;
  /** DEFAULT needs the verification certificate that carries the registration code; SNI_ONLY must not have one. */
  proof: { mode: 'DEFAULT'; verificationPem: string } | { mode: 'SNI_ONLY' };
  setAsActive: boolean;
  autoRegistration: boolean;
  registrationConfig: RegistrationConfig | undefined;
};

/** What is undefined stays as it is. */
export type CaUpdate = {
  status: CaStatus | undefined;
  autoRegistration: boolean | undefined;
  /** `remove` detaches template and role; AWS wants `autoRegistration: false` with it. */
  registrationConfig: RegistrationConfig | 'remove' | undefined;
};
