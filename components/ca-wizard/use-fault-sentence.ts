'use client';

import { useCallback } from 'react';
import { useTranslations } from 'use-intl';
import type { WorkerStopped } from '@/lib/browser/worker-stopped';
import type { SubjectFault } from '@/lib/pki/subject';
import type { ValidityFault } from '@/lib/pki/validity';
import { useWizard } from './wizard-context';
import type { WizardFault } from './wizard-faults';

/** A fault of the wizard's own, or one that the PKI engine found when it made the CA. */
export type StepFault =
  | WizardFault
  | {
      field: string;
      code: SubjectFault['kind'] | ValidityFault['kind'] | WorkerStopped['kind'];
      params: Record<string, string | number>;
    };

/** The faults of the engine as faults of fields. */
export function fromSubjectFault(fault: SubjectFault): StepFault {
  const { kind, field, ...params } = fault;
  return { field: field === 'subject' ? 'commonName' : field, code: kind, params };
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
