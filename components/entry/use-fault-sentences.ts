'use client';

import { useTranslations } from 'use-intl';
import type { FieldFault } from '@/lib/failure';

/** The faults that have a sentence in `entry.fault`; any other gets the general one. */
const KNOWN = [
  'email-invalid',
  'link-invalid',
  'password-too-long',
  'password-too-short',
  'required',
  'too-long',
  'too-many-attempts',
  'wrong-credentials',
] as const;

/** Turns the faults of a field into sentences. */
export function useFaultSentences(): (faults: readonly FieldFault[] | undefined) => string[] {
  const t = useTranslations('entry.fault');
  return (faults = []) =>
    faults.map(({ code, params }) => {
      const known = KNOWN.find((candidate) => candidate === code) ?? 'invalid';
      return t(known, { minimum: 0, maximum: 0, seconds: 0, ...params });
    });
}
