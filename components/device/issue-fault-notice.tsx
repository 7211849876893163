'use client';

import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { FailureNotice } from '@/components/ui/failure-notice';
import { Notice } from '@/components/ui/notice';
import { useFaultSentence } from './use-fault-sentence';
import type { IssueState } from './use-issue';

type IssueFaultNoticeProps = { state: IssueState; onRetry: () => void; onDiscard: () => void };

/** Why nothing was issued, and what can be done about it. Faults of single fields stand at their fields. */
export function IssueFaultNotice({ state, onRetry, onDiscard }: IssueFaultNoticeProps) {
  const t = useTranslations('device.fault');
  const sentenceOf = useFaultSentence();
  if (state.kind !== 'failed') return null;
  const { fault } = state;
  if (fault.at !== 'reserve') return <Notice tone="danger" role="alert" title={sentenceOf(fault.fault)} />;
  return (
    <div className="flex flex-col gap-3">
      {fault.failure.kind === 'no-answer' ? (
        <Notice tone="danger" role="alert" title={t('noAnswer')} />
      ) : (
        <FailureNotice failure={fault.failure} />
      )}
      <p className="text-sm">{t('certificateWaits')}</p>
      <div className="flex flex-wrap gap-2">
        <Button variant="primary" onPress={onRetry}>
          {t('retry')}
        </Button>
        <Button onPress={onDiscard}>{t('discard')}</Button>
      </div>
    </div>
  );
}
