'use client';

import { useEffect, useReducer, useRef } from 'react';
import { useTranslations } from 'use-intl';
import { Skeleton } from '@/components/ui/skeleton';
import { Stepper } from '@/components/ui/stepper';
import { useLeaveWarning } from '@/components/ui/use-leave-warning';
import { useIsHydrated } from '@/components/ui/use-now';
import { draftKey, parseDraft, printDraft } from './draft-storage';
import type { Place } from './place';
import { StepBody } from './step-body';
import { StepButtons } from './step-buttons';
import { stepViews } from './step-views';
import { useHeldKeys } from './use-held-keys';
import { useResolved } from './use-resolved';
import { useStepChecks } from './use-step-checks';
import { type Wizard, WizardProvider } from './wizard-context';
import { caOf, NEW_DRAFT, STEP_IDS, type WizardDraft } from './wizard-draft';
import type { WizardActions, WizardLists } from './wizard-port';
import { applyChange, wouldLoseKey } from './wizard-state';
import { isFinished } from './wizard-steps';

type CaWizardProps = {
  /** Whose draft is kept over a reload. */
  operatorId: string;
  place: Place;
  /** Where the person comes from elsewhere with a certificate in hand. */
  road: WizardDraft['road'] | undefined;
  lists: WizardLists;
  actions: WizardActions;
};

/** Registers a CA, step by step. What was typed outlives a reload; keys and passphrases do not. */
export function CaWizard(props: CaWizardProps) {
  const t = useTranslations('wizard');
  // What is stored in the tab is unknown to the server.
  return useIsHydrated() ? <LoadedWizard {...props} /> : <Skeleton label={t('loading')} rows={8} />;
}

function LoadedWizard({ operatorId, place, road, lists, actions }: CaWizardProps) {
  const t = useTranslations('wizard');
  const storageKey = draftKey({ operatorId, environmentId: place.environmentId });
  const [draft, change] = useReducer(applyChange, storageKey, (key) => onRoad(storedDraft(key), road));
  const { handleOf, holdKey } = useHeldKeys();
  const roles = useResolved(lists.roles);
  const policyNames = useResolved(lists.policyNames);
  const isWhole = policyNames?.ok && policyNames.value.isWhole;
  const ca = caOf(draft);
  const keyHandle = ca && handleOf(ca.facts.caId);
  const parentHandle = draft.parent && handleOf(draft.parent.facts.caId);
  const known = {
    policyNames: isWhole ? new Set(policyNames.value.items) : undefined,
    isKeyHeld: keyHandle !== undefined,
    isParentKeyHeld: parentHandle !== undefined,
  };
  const checks = useStepChecks({ draft, change, place, known, parentHandle, holdKey });
  const wizard: Wizard = {
    draft,
    change,
    place,
    actions,
    roles,
    policyNames,
    faults: checks.faults,
    keyHandle,
    parentHandle,
    holdKey,
  };

  useEffect(() => {
    // What a finished run has reached is in AWS: the next visit begins anew.
    if (isFinished(draft)) sessionStorage.removeItem(storageKey);
    else sessionStorage.setItem(storageKey, printDraft(draft));
  }, [draft, storageKey]);
  useLeaveWarning(wouldLoseKey(draft), t('leaveWarning'));

  function enter(id: string) {
    const step = STEP_IDS.find((candidate) => candidate === id);
    if (step !== undefined) change({ kind: 'step-entered', step });
  }

  const heading = useRef<HTMLHeadingElement>(null);
  const shownStep = useRef(draft.step);
  useEffect(() => {
    if (shownStep.current === draft.step) return;
    shownStep.current = draft.step;
    heading.current?.focus();
  }, [draft.step]);

  return (
    <WizardProvider value={wizard}>
      <div className="mt-4 grid gap-4 lg:grid-cols-[13rem_minmax(0,1fr)] lg:gap-8">
        <Stepper
          steps={stepViews(draft, { place, known, labelOf: (step) => t(`step.${step}`) })}
          {...(isFinished(draft) ? {} : { onSelect: enter })}
        />
        <div className="flex min-w-0 max-w-4xl flex-col gap-4">
          <div>
            <h2 ref={heading} tabIndex={-1} className="scroll-mt-28 text-lg font-semibold outline-none">
              {t(`heading.${draft.step}`)}
            </h2>
            <p className="max-w-prose text-sm text-ink-muted">{t(`intro.${draft.step}`)}</p>
          </div>
          <StepBody startsRun={checks.startsRun} />
          <StepButtons {...checks} />
        </div>
      </div>
    </WizardProvider>
  );
}

/** A CA that was made here and is not registered yet comes first: its key may be nowhere else. */
function onRoad(draft: WizardDraft, road: WizardDraft['road'] | undefined): WizardDraft {
  if (road === undefined || draft.created !== undefined) return draft;
  return { ...applyChange(draft, { kind: 'road-chosen', road }), step: 'authority' };
}

function storedDraft(storageKey: string): WizardDraft {
  return parseDraft(sessionStorage.getItem(storageKey) ?? '') ?? NEW_DRAFT;
}
