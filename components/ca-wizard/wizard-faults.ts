/**
 * What keeps a step from being left by "Next", as facts; the sentences are `wizard.fault.*`.
 * @module
 */
import { ACCOUNT_PLACEHOLDER } from '@/components/template/template-text';
import { VALIDITY_DAYS_MAX, VALIDITY_DAYS_MIN } from '@/lib/pki/validity';
import { roleNameOf } from '@/lib/registry/iam-role';
import { isPolicyName } from '@/lib/registry/iot-policy';
import { assertNever } from '@/lib/result';
import type { Place } from './place';
import { chooseTemplate } from './template-choice';
import { caOf, type StepId, type WizardDraft } from './wizard-draft';
import { isOutdated } from './wizard-state';

export type WizardFaultCode =
  | 'subjectEmpty'
  | 'validityDays'
  | 'certificateMissing'
  | 'caMissing'
  | 'parentMissing'
  | 'parentKeyNeeded'
  | 'keyNotProved'
  | 'modeNeedsKey'
  | 'keyNeeded'
  | 'templateUnread'
  | 'templateRefused'
  | 'placeholderLeft'
  | 'policyName'
  | 'policyAbsent'
  | 'roleMissing'
  | 'roleArn'
  | 'roleName';

/** `field` names the part of the form that takes the focus. */
export type WizardFault = {
  field: string;
  code: WizardFaultCode;
  params: Record<string, string | number>;
};

/** What is known beside the draft. */
export type Known = {
  /** All policies of the Region; undefined when they could not be seen, or not all of them. */
  policyNames: ReadonlySet<string> | undefined;
  /** Whether the CA's key is in this tab, ready to sign. */
  isKeyHeld: boolean;
  /** Whether the key of the CA above is open for a signature. */
  isParentKeyHeld: boolean;
};

/** IAM API Reference, CreateRole: `RoleName`. */
const ROLE_NAME = /^[\w+=,.@-]{1,64}$/;

/** The faults of one step, the first field first. */
export function stepFaults(step: StepId, draft: WizardDraft, place: Place, known: Known): WizardFault[] {
  switch (step) {
    case 'authority':
      return authorityFaults(draft, known);
    case 'key':
      return draft.road === 'create' && draft.created?.custody !== 'proved'
        ? [fault('keyFile', 'keyNotProved')]
        : [];
    case 'mode':
      return draft.mode === 'DEFAULT' && caOf(draft)?.custody === 'absent'
        ? [fault('mode', 'modeNeedsKey')]
        : [];
    case 'template':
      return templateFaults(draft, place, known);
    case 'role':
      return roleFaults(draft);
    case 'review':
      if (caOf(draft) === undefined) return [fault('review', 'caMissing')];
      return draft.mode === 'DEFAULT' && !known.isKeyHeld ? [fault('keyFile', 'keyNeeded')] : [];
    case 'run':
      return [];
    default:
      return assertNever(step);
  }
}

function authorityFaults(draft: WizardDraft, known: Known): WizardFault[] {
  const { road, form, brought, parent, created } = draft;
  if (road === 'bring') return brought === undefined ? [fault('certificate', 'certificateMissing')] : [];
  const isEmpty = Object.values(form.subject).every((value) => value === '');
  const { validityDays } = form;
  const isInRange =
    Number.isInteger(validityDays) && validityDays >= VALIDITY_DAYS_MIN && validityDays <= VALIDITY_DAYS_MAX;
  return [
    ...(isEmpty ? [fault('commonName', 'subjectEmpty')] : []),
    ...(isInRange
      ? []
      : [fault('validityDays', 'validityDays', { min: VALIDITY_DAYS_MIN, max: VALIDITY_DAYS_MAX })]),
    ...(form.signer === 'parent' ? parentFaults() : []),
  ];

  function parentFaults(): WizardFault[] {
    if (parent === undefined) return [fault('parent', 'parentMissing')];
    const isMade = created !== undefined && !isOutdated(draft);
    return isMade || known.isParentKeyHeld ? [] : [fault('parentKey', 'parentKeyNeeded')];
  }
}

function templateFaults({ template }: WizardDraft, place: Place, known: Known): WizardFault[] {
  if (template.choice === 'none') return [];
  if (template.choice === 'starter' && template.starter === 'predefined-policy') {
    const name = template.policyName;
    if (!isPolicyName(name)) return [fault('policyName', 'policyName')];
    const isAbsent = known.policyNames !== undefined && !known.policyNames.has(name);
    if (isAbsent && !template.createsPolicy) return [fault('policyName', 'policyAbsent', { name })];
  }
  const chosen = chooseTemplate(template, place);
  if (!chosen.ok) return [fault('ownText', 'templateUnread')];
  if (chosen.value.kind !== 'inline') return [];
  if (chosen.value.check.refusals.length > 0) return [fault('ownText', 'templateRefused')];
  return chosen.value.templateBody.includes(ACCOUNT_PLACEHOLDER) ? [fault('ownText', 'placeholderLeft')] : [];
}

function roleFaults({ role }: WizardDraft): WizardFault[] {
  switch (role.choice) {
    case 'existing':
      return role.existingArn === undefined ? [fault('existingRole', 'roleMissing')] : [];
    case 'typed':
      return roleNameOf(role.typedArn.trim()) === undefined ? [fault('typedArn', 'roleArn')] : [];
    case 'new':
      return ROLE_NAME.test(role.newName) ? [] : [fault('newName', 'roleName')];
    default:
      return assertNever(role.choice);
  }
}

const fault = (field: string, code: WizardFaultCode, params: WizardFault['params'] = {}): WizardFault => ({
  field,
  code,
  params,
});
