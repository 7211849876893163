'use client';

import { useEffect, useRef, useState, useTransition } from 'react';
import type { KeyHandle } from '@/lib/browser/pki.protocol';
import { pkiClient } from '@/lib/browser/pki-client';
import { orStopped } from '@/lib/browser/worker-stopped';
import { toCaFacts } from './ca-facts';
import type { Place } from './place';
import { fromCaFault, fromSubjectFault, type StepFault } from './use-fault-sentence';
import type { CaForm, StepId, WizardDraft } from './wizard-draft';
import { type Known, stepFaults } from './wizard-faults';
import { isOutdated, type WizardChange } from './wizard-state';

type StepChecks = {
  draft: WizardDraft;
  change: (change: WizardChange) => void;
  place: Place;
  known: Known;
  parentHandle: KeyHandle | undefined;
  holdKey: (caId: string, handle: KeyHandle | undefined) => void;
};

/** What "Next" was refused for. */
type Refusal = { step: StepId; form: CaForm; engineFaults: readonly StepFault[] };

/** "Next": checks the step, makes the CA where that is what the step is for, and goes on or to the first fault. */
export function useStepChecks({ draft, change, place, known, parentHandle, holdKey }: StepChecks) {
  const [refused, setRefused] = useState<Refusal | undefined>(undefined);
  const [isPending, startTransition] = useTransition();
  const [startsRun, setStartsRun] = useState(false);
  const faults = faultsNow();

  /** Once "Next" was refused, what is still wrong; what the engine found holds for the form that it was given. */
  function faultsNow(): readonly StepFault[] {
    if (refused?.step !== draft.step) return [];
    const own = stepFaults(draft.step, draft, place, known);
    return refused.form === draft.form ? [...own, ...refused.engineFaults] : own;
  }

  const focusesFault = useRef<boolean>(false);
  // Every refusal is a new object, so a second "Next" takes the focus to the fault again.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the refusal moves the focus, not the typing after it
  useEffect(() => {
    if (!focusesFault.current) return;
    focusesFault.current = false;
    focusField(faults[0]?.field);
  }, [refused]);

  function refuse(engineFaults: readonly StepFault[]) {
    focusesFault.current = true;
    setRefused({ step: draft.step, form: draft.form, engineFaults });
  }

  function complete() {
    setRefused(undefined);
    setStartsRun(draft.step === 'review');
    change({ kind: 'step-completed' });
  }

  function next() {
    if (stepFaults(draft.step, draft, place, known).length > 0) return refuse([]);
    const needsCa = draft.road === 'create' && (draft.created === undefined || isOutdated(draft));
    if (draft.step !== 'authority' || !needsCa) return complete();
    startTransition(async () => {
      const madeFaults = await makeCa();
      if (madeFaults.length > 0) refuse(madeFaults);
      else complete();
    });
  }

  async function makeCa(): Promise<StepFault[]> {
    const { form } = draft;
    const { subject, algorithm, validityDays } = form;
    const parent = form.signer === 'parent' ? draft.parent : undefined;
    const above = parent === undefined ? {} : { parentHandle: parentHandle ?? '' };
    const made = await orStopped(
      pkiClient().call('createCa', { subject, algorithm, validityDays, ...above }),
    );
    if (made.ok) {
      const { caPem, facts, keyHandle } = made.value;
      if (draft.created !== undefined) holdKey(draft.created.facts.caId, undefined);
      holdKey(facts.certificateId, keyHandle);
      // The worker has forgotten the key above already.
      if (parent !== undefined) holdKey(parent.facts.caId, undefined);
      const issuers =
        parent === undefined ? [] : [{ pem: parent.pem, subject: parent.facts.subject }, ...parent.issuers];
      const parentId = parent?.facts.caId;
      change({ kind: 'ca-created', pem: caPem, facts: toCaFacts(facts), issuers, parentId, madeFrom: form });
      return [];
    }
    if (made.failure.kind === 'subject-refused') return made.failure.faults.map(fromSubjectFault);
    return [fromCaFault(made.failure, form.signer)];
  }

  return { faults, next, isPending, startsRun };
}

/** The first control of the field at fault. */
function focusField(field: string | undefined): void {
  if (field === undefined) return;
  const part = document.querySelector(`[data-field="${field}"]`);
  const control = part?.querySelector<HTMLElement>(
    'input:not([type="hidden"]), textarea, button, [tabindex]',
  );
  (control ?? (part instanceof HTMLElement ? part : undefined))?.focus();
}
