'use client';

import { useFormatter, useTranslations } from 'use-intl';
import type { Finding, FindingParams } from '@/lib/diagnosis/finding';
import type { Evidence } from '@/lib/diagnosis/known';
import { type DiagnosisTranslator, evidenceWords } from './diagnosis-words';

/** The sentences of findings and their evidence in the reader's language. */
export function useFindingWords() {
  const t: DiagnosisTranslator = useTranslations('diagnosis');
  const format = useFormatter();
  const values = (params: FindingParams) => ({
    ...params,
    // A moment that AWS or a certificate named: UTC, so that everybody reads the same.
    ...(typeof params['date'] === 'string' && {
      date: format.dateTime(new Date(params['date']), {
        dateStyle: 'medium',
        timeStyle: 'short',
        timeZone: 'UTC',
      }),
    }),
  });
  return {
    cause: ({ code, params }: Pick<Finding, 'code' | 'params'>): string => t(`cause.${code}`, values(params)),
    evidence: (evidence: Evidence): string => evidenceWords(t, evidence),
  };
}
