'use client';

import { useTranslations } from 'use-intl';
import type { Failure } from '@/lib/failure';
import { CopyButton } from './copy-button';
import { failureDetails } from './failure-details';
import { Notice } from './notice';
import { useFailureSentence } from './use-failure-sentence';

/** What went wrong and what to do, as a sentence each; the facts for support below. */
export function FailureNotice({ failure }: { failure: Failure }) {
  const t = useTranslations('failure');
  const { sentence, nextStep } = useFailureSentence(failure);
  const details = failureDetails(failure);
  return (
    <Notice tone="danger" role="alert" title={sentence}>
      {nextStep === undefined ? null : <p>{nextStep}</p>}
      {details.length === 0 ? null : (
        <div className="mt-1 flex flex-wrap items-end justify-between gap-2 border-t border-line pt-2">
          <dl className="grid min-w-0 grid-cols-[auto_1fr] gap-x-3 text-xs text-ink-muted">
            {details.map(({ key, value }) => (
              <div key={key} className="contents">
                <dt>{t(`detail.${key}`)}</dt>
                <dd className="font-mono wrap-anywhere">{value}</dd>
              </div>
            ))}
          </dl>
          <CopyButton
            text={details.map(({ key, value }) => `${key}: ${value}`).join('\n')}
            what={t('details')}
          >
            {t('copyDetails')}
          </CopyButton>
        </div>
      )}
    </Notice>
  );
}
