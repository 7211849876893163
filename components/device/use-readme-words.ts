'use client';

import { useTranslations } from 'use-intl';
import type { ReadmeWords } from '@/lib/pki/bundle';

/** The sentences of a bundle's README, for one device. */
export function useReadmeWords(): (device: { name: string }) => ReadmeWords {
  const t = useTranslations('device.readme');
  const hierarchy = useTranslations('hierarchy');
  return ({ name }) => ({
    title: t('title', { name }),
    firstConnect: t('firstConnect'),
    expectedDrop: t('expectedDrop'),
    subscribe: t('subscribe'),
    publish: t('publish'),
    ownKey: t('ownKey'),
    hierarchy: hierarchy('readme'),
  });
}
