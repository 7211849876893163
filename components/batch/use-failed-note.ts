'use client';

import { useTranslations } from 'use-intl';
import type { Failures } from './batch-state';

/** For the README of an output that lacks devices; whoever gets it later has not seen this page. */
export function useFailedNote(): (failures: Failures) => string {
  const t = useTranslations('batch.readme');
  return ({ count, first }) => {
    const names = first.map(({ commonName, cause }) => `- ${commonName} (${cause})`);
    const more = count > first.length ? [t('missingMore', { count: count - first.length })] : [];
    return `\n${[t('missing', { count }), ...names, ...more].join('\n')}\n`;
  };
}
