/**
 * The registration config that the draft describes, with all that can be said of it before anything is registered.
 * @module
 */
import type { UnderstoodConfig } from '@/components/template/own-template-text';
import { member } from '@/lib/policy/json-text';
import { type AttachCheck, checkOnAttach } from '@/lib/provisioning/check-on-attach';
import { type ConfigFault, parseRegistrationConfig } from '@/lib/provisioning/registration-config';
import { starterConfig } from '@/lib/provisioning/starters';
import { parseTemplate, type Template } from '@/lib/provisioning/template';
import { ok, type Result } from '@/lib/result';
import { type Place, roleArnFor } from './place';
import type { RoleDraft, TemplateDraft, WizardDraft } from './wizard-draft';

export type InlineTemplate = {
  kind: 'inline';
  templateBody: string;
  /** Undefined when the body cannot be read; `check` says why. */
  template: Template | undefined;
  check: AttachCheck;
  /** The role that a pasted config names. */
  roleArnInText: string | undefined;
  /** How a pasted text was understood; undefined for a starter. */
  understood: UnderstoodConfig | undefined;
};

export type ChosenTemplate = { kind: 'none' } | { kind: 'named'; templateName: string } | InlineTemplate;

export function chooseTemplate(draft: TemplateDraft, place: Place): Result<ChosenTemplate, ConfigFault> {
  if (draft.choice === 'none') return ok({ kind: 'none' });
  if (draft.choice === 'starter') {
    const { accountId, region } = place;
    const { templateBody } = starterConfig(draft.starter, {
      accountId,
      region,
      roleArn: '',
      policyName: draft.policyName,
    });
    return ok(inline(templateBody, { roleArnInText: undefined, understood: undefined }));
  }
  const parsed = parseRegistrationConfig(draft.ownText);
  if (!parsed.ok) return parsed;
  const { config, form, notes } = parsed.value;
  if (config.kind === 'named') return ok(config);
  return ok(inline(config.templateBody, { roleArnInText: config.roleArn, understood: { form, notes } }));
}

function inline(
  templateBody: string,
  source: Pick<InlineTemplate, 'roleArnInText' | 'understood'>,
): InlineTemplate {
  const parsed = parseTemplate(templateBody);
  return {
    kind: 'inline',
    templateBody,
    template: parsed.ok ? parsed.value : undefined,
    check: checkOnAttach(templateBody, undefined),
    ...source,
  };
}

/** The provisioning role as the draft names it; undefined while nothing is named. */
export function roleArnOf(
  { choice, existingArn, typedArn, newName }: RoleDraft,
  place: Place,
): string | undefined {
  if (choice === 'existing') return existingArn;
  if (choice === 'typed') return typedArn.trim() || undefined;
  return newName.trim() === '' ? undefined : roleArnFor(place, newName.trim());
}

/** The role that a registration config names, placeholders included. */
export function roleInText(text: string): string | undefined {
  const parsed = parseRegistrationConfig(text);
  return parsed.ok && parsed.value.config.kind === 'inline' ? parsed.value.config.roleArn : undefined;
}

/** Whether a role has to be chosen: a named template brings its own, no template needs none. */
export function needsRole(draft: WizardDraft): boolean {
  if (draft.template.choice !== 'own') return draft.template.choice === 'starter';
  const parsed = parseRegistrationConfig(draft.template.ownText);
  return !parsed.ok || parsed.value.config.kind === 'inline';
}

/** The IoT policies that a template only names: they have to exist. */
export function namedPolicies({ resources }: Template): string[] {
  return resources.flatMap(({ kind, properties = {} }) => {
    const name = member(properties, 'PolicyName');
    return kind === 'policy' && typeof name === 'string' ? [name] : [];
  });
}

/**
 * The document for a policy that a template names and that is to be created: the one of the scoped starter. A device may
 * connect under its thing's name and use the topics below that name.
 */
export function scopedPolicyDocument(place: Place): string {
  const { accountId, region } = place;
  const { templateBody } = starterConfig('scoped', { accountId, region, roleArn: '', policyName: '' });
  const parsed = parseTemplate(templateBody);
  const policy = parsed.ok ? parsed.value.resources.find(({ kind }) => kind === 'policy') : undefined;
  const document = policy?.properties && member(policy.properties, 'PolicyDocument');
  if (typeof document !== 'string') throw new TypeError('the scoped starter has no policy document');
  return JSON.stringify(JSON.parse(document));
}
