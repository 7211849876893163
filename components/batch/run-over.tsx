'use client';

import { Download } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { FailureNotice } from '@/components/ui/failure-notice';
import { LinkButton } from '@/components/ui/link-button';
import { Notice } from '@/components/ui/notice';
import type { BatchTarget } from '@/lib/browser/batch/batch.protocol';
import type { Failure } from '@/lib/failure';
import { batchPageHref } from './batch-href';
import type { BatchState } from './batch-state';
import { NotForgotten } from './not-forgotten';

/** Somebody ended the batch under the hands of the page that ran it. */
export function RunOver({
  environment,
  state: { batch, target, written, isForgotten },
  onDownload,
}: {
  environment: string;
  state: Extract<BatchState, { kind: 'over' }>;
  /** Once more, where there is something to download. */
  onDownload: () => void;
}) {
  const t = useTranslations('batch-again.over');
  const words = useTranslations('batch.run');
  return (
    <>
      <Notice tone="danger" role="alert" title={t('title', { batch: batch.slice(0, 8) })}>
        <p>{t('who')}</p>
        {written === undefined ? <Unwritten target={target} /> : <p>{t('written')}</p>}
        {isForgotten ? <p>{t('forgotten')}</p> : null}
      </Notice>
      {isForgotten ? null : <NotForgotten />}
      <div className="flex flex-wrap gap-2">
        <LinkButton href={batchPageHref(environment, batch)}>{t('toBatch')}</LinkButton>
        {written?.archive === undefined ? null : (
          <Button onPress={onDownload} icon={<Download aria-hidden />}>
            {words('downloadAgain')}
          </Button>
        )}
      </div>
    </>
  );
}

/** The server will never take what the page has made. */
export function RunRefused({ failure, target }: { failure: Failure; target: BatchTarget['kind'] }) {
  const t = useTranslations('batch-again.over');
  return (
    <>
      <FailureNotice failure={failure} />
      <Notice tone="danger" role="alert" title={t('refused')}>
        <Unwritten target={target} />
        <p>{t('refusedText')}</p>
      </Notice>
    </>
  );
}

/** What becomes of an output that is never finished. */
function Unwritten({ target }: { target: BatchTarget['kind'] }) {
  const t = useTranslations('batch-again.over');
  return <p>{t(target === 'folder' ? 'inFolder' : 'noArchive')}</p>;
}
