'use client';

import { useCallback } from 'react';
import { useTranslations } from 'use-intl';
import type { HandleUnknown } from '@/lib/browser/pki.protocol';
import type { WorkerStopped } from '@/lib/browser/worker-stopped';
import type { IntermediateFault } from '@/lib/pki/intermediate-certificate';
import type { SubjectFault } from '@/lib/pki/subject';
import { useWizard } from './wizard-context';
import type { WizardFault } from './wizard-faults';

/** Why the engine made no CA, its subject aside. */
type CaMakingFault = Exclude<IntermediateFault, { kind: 'subject-refused' }> | HandleUnknown | WorkerStopped;

/** A fault of the wizard's own, or one that the PKI engine found when it made the CA. */
export type StepFault =
  | WizardFault
  | {
      field: string;
      code: SubjectFault['kind'] | CaMakingFault['kind'];
      params: Record<string, string | number>;
    };

/** The faults of the engine as faults of fields. */
export function fromSubjectFault(fault: SubjectFault): StepFault {
  const { kind, field, ...params } = fault;
  return { field: field === 'subject' ? 'commonName' : field, code: kind, params };
}

/** Where the CA above is at fault, its part of the form is; the dates of a CA are of no use beside its own facts. */
export function fromCaFault(fault: CaMakingFault, signer: 'self' | 'parent'): StepFault {
  const field =
    fault.kind === 'subject-is-parents'
      ? 'commonName'
      : fault.kind === 'validity-days' || signer === 'self'
        ? 'validityDays'
        : 'parent';
  const params = fault.kind === 'validity-days' ? { daysMin: fault.daysMin, daysMax: fault.daysMax } : {};
  return { field, code: fault.kind, params };
}

/** The sentences of a field's faults, for the field to show. */
export function useFieldErrors(): (field: string) => string[] {
  const t = useTranslations('wizard.fault');
  const failure = useTranslations('failure');
  const { faults } = useWizard();
  return useCallback(
    (field: string) =>
      faults
        .filter((fault) => fault.field === field)
        .map(({ code, params }) => (code === 'worker-stopped' ? failure('workerStopped') : t(code, params))),
    [faults, t, failure],
  );
}
