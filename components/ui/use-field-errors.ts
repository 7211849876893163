'use client';

import { useTranslations } from 'use-intl';
import type { Failure, FieldFault } from '@/lib/failure';

const COMMON_FAULTS = [
  'required',
  'too-short',
  'too-long',
  'too-small',
  'too-big',
  'too-few',
  'too-many',
  'not-allowed',
  'invalid',
] as const;

/**
 * The sentences for one field of a refused input: `errorsOf('subject.country')`, or `'form'` for the whole.
 *
 * @param own writes the faults that only this form knows; `undefined` leaves them to the common sentences
 */
export function useFieldErrors(
  failure: Failure | undefined,
  own: (fault: FieldFault) => string | undefined = () => undefined,
): (path: string) => string[] {
  const t = useTranslations('ui.fault');
  function sentenceOf(fault: FieldFault): string {
    const code = COMMON_FAULTS.find((common) => common === fault.code) ?? 'invalid';
    return own(fault) ?? t(code, { minimum: 0, maximum: 0, ...fault.params });
  }
  return (path) => (failure?.kind === 'invalid-input' ? (failure.fields[path] ?? []).map(sentenceOf) : []);
}
