'use client';

import { useTranslations } from 'use-intl';
import { Notice } from '@/components/ui/notice';

/** A batch is over and this browser still keeps something of it. */
export function NotForgotten() {
  const t = useTranslations('batch.unfinished');
  return (
    <Notice tone="warning" role="status" title={t('notForgotten')}>
      <p>{t('notForgottenText')}</p>
    </Notice>
  );
}
