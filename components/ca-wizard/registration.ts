/**
 * What the run is to reach, taken from the draft once it is whole.
 * @module
 */
import { PROVISIONING_TRUST_POLICY } from '@/lib/provisioning/provisioning-role';
import type { CertificateMode, RegistrationConfig } from '@/lib/registry/certificate-authority';
import { THINGS_REGISTRATION_POLICY_ARN } from '@/lib/registry/iam-role';
import { managedPolicyArnIn, type Place } from './place';
import { chooseTemplate, needsRole, roleArnOf, scopedPolicyDocument } from './template-choice';
import { caOf, type WizardDraft } from './wizard-draft';

export type Registration = {
  caId: string;
  certificatePem: string;
  /** What stands above the CA; the console keeps it for the chains of its devices. */
  issuerPems: readonly string[];
  mode: CertificateMode;
  setAsActive: boolean;
  autoRegistration: boolean;
  registrationConfig: RegistrationConfig | undefined;
  /** To be created first. */
  newPolicy: { name: string; document: string } | undefined;
  newRole: { name: string; trustPolicy: string; policyArn: string } | undefined;
};

/** Undefined while something is missing that a step before the review asks for. */
export function registrationOf(draft: WizardDraft, place: Place): Registration | undefined {
  const ca = caOf(draft);
  const config = configOf(draft, place);
  if (ca === undefined || config === undefined) return undefined;
  const { template, role } = draft;
  const createsPolicy =
    template.choice === 'starter' && template.starter === 'predefined-policy' && template.createsPolicy;
  return {
    caId: ca.facts.caId,
    certificatePem: ca.pem,
    issuerPems: ca.issuers.map(({ pem }) => pem),
    mode: draft.mode,
    setAsActive: draft.setAsActive,
    // A template does nothing while auto-registration is off (Developer Guide, "Just-in-time provisioning").
    autoRegistration: draft.autoRegistration || config !== 'none',
    registrationConfig: config === 'none' ? undefined : config,
    newPolicy: createsPolicy
      ? { name: template.policyName, document: scopedPolicyDocument(place) }
      : undefined,
    newRole:
      needsRole(draft) && role.choice === 'new'
        ? {
            name: role.newName,
            trustPolicy: PROVISIONING_TRUST_POLICY,
            policyArn: managedPolicyArnIn(place, THINGS_REGISTRATION_POLICY_ARN),
          }
        : undefined,
  };
}

function configOf(draft: WizardDraft, place: Place): RegistrationConfig | 'none' | undefined {
  const chosen = chooseTemplate(draft.template, place);
  if (!chosen.ok) return undefined;
  switch (chosen.value.kind) {
    case 'none':
      return 'none';
    case 'named':
      return chosen.value;
    case 'inline': {
      const roleArn = roleArnOf(draft.role, place);
      return roleArn === undefined
        ? undefined
        : { kind: 'inline', templateBody: chosen.value.templateBody, roleArn };
    }
  }
}
