'use client';

import { useTranslations } from 'use-intl';
import type { CaImpact } from '@/lib/registry/ca-impact';

/** How many devices will be refused when the CA is switched off, as the first of what follows; none where none will. */
export function useHitSentences({ ledger }: CaImpact): string[] {
  const t = useTranslations('hierarchy.impact');
  return ledger === undefined || ledger.neverSeen === 0 ? [] : [t('sentence', { count: ledger.neverSeen })];
}
