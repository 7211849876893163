'use client';

import { useTranslations } from 'use-intl';
import type { ReadmeWords } from '@/lib/pki/bundle';

/** The sentences of a bundle's README, for one device. */
export function useReadmeWords(): (device: { name: string; isReplacement: boolean }) => ReadmeWords {
  const t = useTranslations('device.readme');
  const hierarchy = useTranslations('hierarchy');
  return ({ name, isReplacement }) => ({
    title: t('title', { name }),
    firstConnect: t('firstConnect'),
    expectedDrop: isReplacement ? hierarchy('readmeReplacement') : t('expectedDrop'),
    subscribe: t('subscribe'),
    publish: t('publish'),
    ownKey: t('ownKey'),
    hierarchy: hierarchy('readme'),
  });
}
