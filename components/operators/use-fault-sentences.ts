'use client';

import { useTranslations } from 'use-intl';
import type { FieldFault } from '@/lib/failure';

/** The faults that have a sentence in `operators.fault`; any other gets the general one. */
const KNOWN = ['email-invalid', 'email-taken', 'required', 'too-long'] as const;

/** Turns the faults of a field into sentences. */
export function useFaultSentences(): (faults: readonly FieldFault[] | undefined) => string[] {
  const t = useTranslations('operators.fault');
  return (faults = []) =>
    faults.map(({ code, params }) =>
      t(KNOWN.find((candidate) => candidate === code) ?? 'invalid', { maximum: 0, ...params }),
    );
}
