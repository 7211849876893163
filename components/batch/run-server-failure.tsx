'use client';

import { useTranslations } from 'use-intl';
import { FailureNotice } from '@/components/ui/failure-notice';
import { Notice } from '@/components/ui/notice';
import type { Failure } from '@/lib/failure';

/** What the console's server said to a batch that runs, or that it said nothing. */
export function RunServerFailure({ failure }: { failure: Failure }) {
  const t = useTranslations('batch.run');
  if (failure.kind !== 'no-answer') return <FailureNotice failure={failure} />;
  return (
    <Notice tone="warning" role="status" title={t('noAnswer')}>
      <p>{t('noAnswerText')}</p>
    </Notice>
  );
}
