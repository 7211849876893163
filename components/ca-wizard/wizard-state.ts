/**
 * The wizard's document and the only ways it can change.
 * @module
 */
import type { Issuer } from '@/lib/pki/issuer-chain';
import type { KeyAlgorithm } from '@/lib/pki/key-algorithm';
import type { CertificateMode } from '@/lib/registry/certificate-authority';
import { assertNever } from '@/lib/result';
import { roleInText } from './template-choice';
import {
  ARTICLE_FORM,
  type CaFacts,
  type CaForm,
  type CaInHand,
  type CreatedCa,
  type KeyCustody,
  NEW_DRAFT,
  type ParentCa,
  type RoleDraft,
  type StepId,
  type SubjectFieldId,
  type TemplateDraft,
  type WizardDraft,
} from './wizard-draft';
import { stepAfter, stepBefore } from './wizard-steps';

export type WizardChange =
  | { kind: 'road-chosen'; road: WizardDraft['road'] }
  | { kind: 'subject-set'; field: SubjectFieldId; value: string }
  | { kind: 'algorithm-chosen'; algorithm: KeyAlgorithm }
  | { kind: 'validity-set'; days: number }
  | { kind: 'article-applied' }
  | { kind: 'signer-chosen'; signer: CaForm['signer'] }
  | { kind: 'parent-brought'; parent: ParentCa }
  | { kind: 'parent-removed' }
  | ({ kind: 'ca-created' } & Omit<CreatedCa, 'custody'>)
  | { kind: 'ca-brought'; pem: string; facts: CaFacts; issuers: readonly Issuer[] }
  /** The created CA is given up, its key with it; the form stays. */
  | { kind: 'created-ca-discarded' }
  | { kind: 'brought-ca-removed' }
  /** Of the CA with this id, on whichever road; an answer about another CA comes too late and changes nothing. */
  | { kind: 'custody-changed'; caId: string; custody: KeyCustody }
  | { kind: 'mode-chosen'; mode: CertificateMode }
  | { kind: 'template-changed'; template: Partial<TemplateDraft> }
  | { kind: 'role-changed'; role: Partial<RoleDraft> }
  | { kind: 'registration-changed'; setAsActive?: boolean; autoRegistration?: boolean }
  | { kind: 'step-completed' }
  | { kind: 'step-back' }
  | { kind: 'step-entered'; step: StepId }
  | { kind: 'restarted' };

/** Applies one change. What alters nothing returns the very same draft, so `===` tells "unchanged". */
export function applyChange(draft: WizardDraft, change: WizardChange): WizardDraft {
  switch (change.kind) {
    case 'road-chosen':
      return merge(draft, { road: change.road });
    case 'subject-set':
      return withForm(draft, { subject: merge(draft.form.subject, { [change.field]: change.value }) });
    case 'algorithm-chosen':
      return withForm(draft, { algorithm: change.algorithm });
    case 'validity-set':
      return withForm(draft, { validityDays: change.days });
    case 'article-applied':
      return withForm(draft, ARTICLE_FORM);
    case 'signer-chosen':
      return withForm(draft, { signer: change.signer });
    case 'parent-brought':
      return { ...draft, parent: change.parent };
    case 'parent-removed':
      return merge(draft, { parent: undefined });
    case 'ca-created': {
      const { kind: _kind, ...created } = change;
      return { ...draft, created: { ...created, custody: 'unsaved' } };
    }
    case 'ca-brought':
      if (draft.brought?.facts.caId === change.facts.caId) return draft;
      return withPossibleMode({
        ...draft,
        brought: { pem: change.pem, facts: change.facts, issuers: change.issuers, custody: 'absent' },
      });
    case 'created-ca-discarded':
      return merge(draft, { created: undefined, step: 'authority' });
    case 'brought-ca-removed':
      return merge(draft, { brought: undefined });
    case 'custody-changed':
      return withPossibleMode(
        merge(withModeOfKey(draft, change), {
          created: withCustody(draft.created, change),
          brought: withCustody(draft.brought, change),
        }),
      );
    case 'mode-chosen':
      return merge(draft, { mode: change.mode });
    case 'template-changed':
      return withNamedRole(draft, merge(draft, { template: merge(draft.template, change.template) }));
    case 'role-changed':
      return merge(draft, { role: merge(draft.role, change.role) });
    case 'registration-changed': {
      const { setAsActive = draft.setAsActive, autoRegistration = draft.autoRegistration } = change;
      return merge(draft, { setAsActive, autoRegistration });
    }
    case 'step-completed':
      return merge(draft, { completed: withStep(draft), step: stepAfter(draft) });
    case 'step-back':
      return merge(draft, { step: stepBefore(draft) });
    case 'step-entered':
      return merge(draft, { step: change.step });
    case 'restarted':
      return NEW_DRAFT;
    default:
      return assertNever(change);
  }
}

/** Whether the created CA is not the one that the form now describes: "Next" then makes another. */
export function isOutdated(draft: WizardDraft): boolean {
  const { created, form, parent } = draft;
  if (created === undefined) return false;
  const isSameParent = form.signer === 'self' || created.parentId === parent?.facts.caId;
  return !(isSameParent && isSameForm(created.madeFrom, form));
}

/** Whether leaving the page now loses a key that exists nowhere else. */
export function wouldLoseKey({ created, road }: WizardDraft): boolean {
  return road === 'create' && (created?.custody === 'unsaved' || created?.custody === 'downloaded');
}

function isSameForm(one: CaForm, other: CaForm): boolean {
  return (
    one.algorithm === other.algorithm &&
    one.validityDays === other.validityDays &&
    one.signer === other.signer &&
    merge(one.subject, other.subject) === one.subject
  );
}

const withForm = (draft: WizardDraft, form: Partial<CaForm>): WizardDraft =>
  merge(draft, {
    form: merge(draft.form, { ...form, subject: merge(draft.form.subject, form.subject ?? {}) }),
  });

function withCustody<Ca extends CaInHand>(
  ca: Ca | undefined,
  { caId, custody }: { caId: string; custody: KeyCustody },
): Ca | undefined {
  return ca?.facts.caId === caId && ca.custody !== custody ? { ...ca, custody } : ca;
}

/** Without its key a brought CA can only be registered as SNI_ONLY. */
function withPossibleMode(draft: WizardDraft): WizardDraft {
  if (draft.road !== 'bring' || draft.brought === undefined) return draft;
  return draft.brought.custody === 'absent' ? merge(draft, { mode: 'SNI_ONLY' }) : draft;
}

/** The key came after its certificate: the proof is possible again, unless the person has been at the mode since. */
function withModeOfKey(
  draft: WizardDraft,
  { caId, custody }: { caId: string; custody: KeyCustody },
): WizardDraft {
  const { brought, completed } = draft;
  const isArriving = brought?.facts.caId === caId && brought.custody === 'absent' && custody !== 'absent';
  return isArriving && !completed.includes('mode') ? merge(draft, { mode: 'DEFAULT' }) : draft;
}

/** The role that a pasted config names is taken over, once: what is chosen afterwards stays. */
function withNamedRole(before: WizardDraft, draft: WizardDraft): WizardDraft {
  const named = roleInText(draft.template.ownText);
  if (draft.template.choice !== 'own' || named === undefined) return draft;
  const isKnown = before.template.choice === 'own' && named === roleInText(before.template.ownText);
  return isKnown ? draft : merge(draft, { role: merge(draft.role, { choice: 'typed', typedArn: named }) });
}

function withStep({ completed, step }: WizardDraft): readonly StepId[] {
  return completed.includes(step) ? completed : [...completed, step];
}

/** `target` with the members of `changed`; the same object when none of them differs. */
function merge<Target extends object>(target: Target, changed: Partial<Target>): Target {
  const next = { ...target, ...changed };
  const keys = Object.keys(changed).filter((key): key is keyof typeof changed & string => key in next);
  return keys.every((key) => target[key] === next[key]) ? target : next;
}
