'use client';

import { useTranslations } from 'use-intl';
import type { PatternFault } from '@/lib/batch/pattern';
import type { TableFault } from '@/lib/batch/read-table';

/** The sentence for a table that cannot be read. */
export function useTableFaultSentence(): (fault: TableFault) => string {
  const t = useTranslations('batch.tableFault');
  return ({ kind, ...params }) => t(kind, params);
}

/** The sentence for a pattern that cannot be read; positions count from 1, as people do. */
export function usePatternFaultSentence(): (fault: PatternFault) => string {
  const t = useTranslations('batch.patternFault');
  return ({ kind, ...params }) =>
    t(kind, 'position' in params ? { ...params, position: params.position + 1 } : params);
}
