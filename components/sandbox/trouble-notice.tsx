'use client';

import { useTranslations } from 'use-intl';
import { Notice } from '@/components/ui/notice';
import { useFailureSentences } from '@/components/ui/use-failure-sentence';
import type { Trouble } from './ask-console';

/** Why nothing new comes, and what happens about it. */
export function TroubleNotice({ trouble }: { trouble: Trouble }) {
  const t = useTranslations('sandbox.live');
  const sentences = useFailureSentences();
  if (trouble.kind === 'signed-out') {
    return (
      <Notice tone="warning" role="alert" title={t('signedOutTitle')}>
        <p>{t('signedOutText')}</p>
      </Notice>
    );
  }
  const told = trouble.kind === 'failure' ? sentences(trouble.failure) : undefined;
  return (
    <Notice tone="warning" role="alert" title={told?.sentence ?? t('lostTitle')}>
      {told?.nextStep === undefined ? null : <p>{told.nextStep}</p>}
      {trouble.kind === 'failure' && trouble.failure.kind === 'sandbox' ? (
        <p lang="en" className="font-mono text-xs wrap-anywhere text-ink-muted">
          {trouble.failure.message}
        </p>
      ) : null}
      <p>{t('lostText')}</p>
    </Notice>
  );
}
