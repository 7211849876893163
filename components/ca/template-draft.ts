/**
 * The template that a person is about to attach, and all that can be said of it before AWS is asked.
 * @module
 */
import type { UnderstoodConfig } from '@/components/template/own-template-text';
import { type AttachCheck, checkOnAttach } from '@/lib/provisioning/check-on-attach';
import { type ConfigFault, parseRegistrationConfig } from '@/lib/provisioning/registration-config';
import { type StarterKind, starterConfig } from '@/lib/provisioning/starters';
import { parseTemplate, type Template } from '@/lib/provisioning/template';
import type { RegistrationConfig } from '@/lib/registry/certificate-authority';
import { roleNameOf } from '@/lib/registry/iam-role';
import { isPolicyName } from '@/lib/registry/iot-policy';
import { prettyJson } from '@/lib/registry/pretty-json';
import { isTemplateName } from '@/lib/registry/provisioning-template';

export type TemplateDraft = {
  source: 'starter' | 'own' | 'named';
  starter: StarterKind;
  /** For the starter that names a policy. */
  policyName: string;
  /** Pasted or dropped, in any form. */
  text: string;
  /** For a template that AWS keeps by name. */
  templateName: string;
  /** Typed or chosen; stands back behind the role in a pasted config while it is empty. */
  roleArn: string;
  enablesAutoRegistration: boolean;
};

export type ReadDraft = {
  /** Present when it can be sent to AWS. */
  config: RegistrationConfig | undefined;
  /** Why the pasted text cannot be understood. */
  fault: ConfigFault | undefined;
  /** How it was understood. */
  understood: UnderstoodConfig | undefined;
  /** The template's document; undefined for a named one, or when it cannot be read. */
  template: Template | undefined;
  /** Undefined while there is no template's text to check. */
  check: AttachCheck | undefined;
  /** The role that will be sent; a named template brings its own. */
  roleArn: string | undefined;
  needsRole: boolean;
};

const NOTHING: ReadDraft = {
  config: undefined,
  fault: undefined,
  understood: undefined,
  template: undefined,
  check: undefined,
  roleArn: undefined,
  needsRole: true,
};

/** A form begins with what the CA has now. */
export const draftOfCa = (
  present: RegistrationConfig | undefined,
  enablesAutoRegistration: boolean,
): TemplateDraft => ({
  source: present === undefined ? 'starter' : present.kind === 'named' ? 'named' : 'own',
  starter: 'scoped',
  policyName: '',
  templateName: present?.kind === 'named' ? present.templateName : '',
  text: present?.kind === 'inline' ? prettyJson(present.templateBody) : '',
  roleArn: present?.kind === 'inline' ? present.roleArn : '',
  enablesAutoRegistration,
});

export function readDraft(draft: TemplateDraft, place: { accountId: string; region: string }): ReadDraft {
  const roleArn = draft.roleArn.trim();
  if (draft.source === 'starter') {
    const { policyName, starter } = draft;
    const { templateBody } = starterConfig(starter, { ...place, roleArn, policyName });
    const hasPolicy = starter !== 'predefined-policy' || isPolicyName(policyName);
    return inline(templateBody, roleArn, hasPolicy);
  }
  if (draft.source === 'named') {
    const { templateName } = draft;
    const config = isTemplateName(templateName) ? ({ kind: 'named', templateName } as const) : undefined;
    return { ...NOTHING, config, needsRole: false };
  }
  if (draft.text.trim() === '') return NOTHING;
  const parsed = parseRegistrationConfig(draft.text);
  if (!parsed.ok) return { ...NOTHING, fault: parsed.failure };
  const { config, form, notes } = parsed.value;
  const understood = { form, notes };
  if (config.kind === 'named') return { ...NOTHING, config, understood, needsRole: false };
  return { ...inline(config.templateBody, roleArn || (config.roleArn ?? ''), true), understood };
}

function inline(templateBody: string, roleArn: string, isComplete: boolean): ReadDraft {
  const parsed = parseTemplate(templateBody);
  const check = checkOnAttach(templateBody, roleArn === '' ? undefined : roleArn);
  const isSendable = isComplete && roleNameOf(roleArn) !== undefined && check.refusal === undefined;
  return {
    ...NOTHING,
    config: isSendable ? { kind: 'inline', templateBody, roleArn } : undefined,
    template: parsed.ok ? parsed.value : undefined,
    check,
    roleArn: roleArn || undefined,
  };
}
