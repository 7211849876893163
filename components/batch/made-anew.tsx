'use client';

import { useTranslations } from 'use-intl';
import { Notice } from '@/components/ui/notice';

/** Devices of which this browser had lost what it had made: the ledger has their first certificates too. */
export function MadeAnew({ count }: { count: number }) {
  const t = useTranslations('batch-again.madeAnew');
  if (count === 0) return null;
  return (
    <Notice tone="warning" role="status" title={t('title', { count })}>
      <p>{t('text')}</p>
    </Notice>
  );
}
