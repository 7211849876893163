/**
 * What a CA is called, and what it does with a device that it has not seen before.
 * AWS IoT Developer Guide, "Just-in-time provisioning" and "Just-in-time registration".
 * @module
 */
import type { CertificateFacts } from '@/lib/pki/inspect-certificate';
import type { CaDetail } from '@/lib/registry/certificate-authority';

/** The subject's common name, else its organization, else the beginning of the id. */
export function caName(facts: Pick<CertificateFacts, 'subject'> | undefined, caId: string): string {
  const { commonName, organizationalUnit, organization } = facts?.subject.fields ?? {};
  return commonName || organizationalUnit || organization || caId.slice(0, 8);
}

export type FirstContact =
  /** Provisioned by the template on the CA. */
  | { kind: 'jitp' }
  /** Provisioned by a template of its own name. */
  | { kind: 'jitp-named'; templateName: string }
  /** Registered as pending, for a rule to activate. */
  | { kind: 'jitr' }
  | { kind: 'off'; keepsTemplate: boolean };

/** What follows from auto-registration and template together, as long as the CA is active. */
export function firstContactOf({
  autoRegistration,
  registrationConfig,
}: Pick<CaDetail, 'autoRegistration' | 'registrationConfig'>): FirstContact {
  if (!autoRegistration) return { kind: 'off', keepsTemplate: registrationConfig !== undefined };
  switch (registrationConfig?.kind) {
    case undefined:
      return { kind: 'jitr' };
    case 'inline':
      return { kind: 'jitp' };
    case 'named':
      return { kind: 'jitp-named', templateName: registrationConfig.templateName };
  }
}
