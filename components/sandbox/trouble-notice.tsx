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
  const failure = trouble.kind === 'failure' ? trouble.failure : undefined;
  const told = failure && sentences(failure);
  // Trying again, its only step, is what the page does by itself.
  const isUnreachable = failure?.kind === 'sandbox' && failure.reason === 'unreachable';
  return (
    <Notice tone="warning" role="alert" title={told?.sentence ?? t('lostTitle')}>
      {told?.nextStep === undefined || isUnreachable ? null : <p>{told.nextStep}</p>}
      {failure?.kind === 'sandbox' ? (
        <p lang="en" className="font-mono text-xs wrap-anywhere text-ink-muted">
          {failure.message}
        </p>
      ) : null}
      <p>{t('lostText')}</p>
    </Notice>
  );
}
