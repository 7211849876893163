'use client';

import { useTranslations } from 'use-intl';
import type { RegisteredCount } from './ca-actions-props';

/** What a change of the CA means for the devices that are registered already: nothing, and how many they are. */
export function useRegisteredSentence(registered: RegisteredCount | undefined): string {
  const t = useTranslations('ca.registered');
  if (registered === undefined) return t('unknown');
  return t(registered.isPartial ? 'more' : 'counted', { count: registered.count });
}
