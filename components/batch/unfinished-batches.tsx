'use client';

import { useEffect, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { orNoAnswer } from '@/components/ui/no-answer';
import { PageLinks } from '@/components/ui/page-links';
import { TimeAgo } from '@/components/ui/time-ago';
import { pkiClient } from '@/lib/browser/pki-client';
import { orStopped } from '@/lib/browser/worker-stopped';
import { NotForgotten } from './not-forgotten';
import type { OpenBatchList } from './open-batch-facts';
import { ResumeBatch } from './resume-batch';
import type { BatchActions, BatchStart } from './use-batch-run';

type UnfinishedBatchesProps = {
  environment: string;
  list: OpenBatchList;
  caHandle: string | undefined;
  giveUp: BatchActions['giveUp'];
  onResume: (request: BatchStart) => void;
};

/** Batches that were begun and are neither delivered nor given up; this browser can go on with those it keeps. */
export function UnfinishedBatches({
  environment,
  list: { batches, count, olderHref, newestHref },
  caHandle,
  giveUp,
  onResume,
}: UnfinishedBatchesProps) {
  const t = useTranslations('batch.unfinished');
  const words = useTranslations('batch-again.unfinished');
  const [kept, setKept] = useState<ReadonlySet<string>>(new Set());
  const [ended, setEnded] = useState<ReadonlySet<string>>(new Set());
  const [hasForgetFailed, setForgetFailed] = useState(false);
  const [asked, setAsked] = useState<string | undefined>(undefined);
  const hasAny = batches.length > 0;
  useEffect(() => {
    if (!hasAny) return;
    void orStopped(pkiClient().call('keptBatches', null)).then((answer) => {
      if (answer.ok) setKept(new Set(answer.value));
    });
  }, [hasAny]);

  async function end(batch: string) {
    const given = await orNoAnswer(giveUp({ environment, batch }));
    if (!given.ok) return given.failure;
    // Also where what is kept here is not known (yet): nothing is to stay behind.
    const forgotten = await orStopped(pkiClient().call('forgetBatch', { batch }));
    if (!forgotten.ok) setForgetFailed(true);
    setEnded(new Set(ended).add(batch));
    return undefined;
  }

  const shown = batches.filter(({ batch }) => !ended.has(batch));
  const failed = hasForgetFailed ? <NotForgotten /> : null;
  if (shown.length === 0 && olderHref === undefined && newestHref === undefined) return failed;
  return (
    <Card title={t('title')} aside={t('count', { count: Math.max(count - ended.size, shown.length) })}>
      {failed}
      <ul className="flex flex-col divide-y divide-line">
        {shown.map((facts) => {
          const { batch, devices, reserved, operatorName, isOwn, createdAt } = facts;
          const isHere = kept.has(batch) && isOwn;
          return (
            <li key={batch} className="flex flex-col gap-2 py-3 first:pt-0 last:pb-0">
              <div className="flex flex-wrap items-center gap-x-4 gap-y-1 text-sm">
                <span className="font-mono">{batch.slice(0, 8)}</span>
                <span className="tabular-nums">
                  {t('progress', { reserved: Math.min(reserved, devices), devices })}
                </span>
                <span className="text-ink-muted">{operatorName}</span>
                <TimeAgo at={createdAt} />
                <span className="ml-auto">
                  <Button onPress={() => setAsked(batch)}>{t('giveUp')}</Button>
                  <ConfirmDialog
                    title={t('giveUpTitle')}
                    isOpen={asked === batch}
                    onClose={() => setAsked(undefined)}
                    consequences={[t(kept.has(batch) ? 'giveUpText' : 'giveUpElsewhere'), t('giveUpRows')]}
                    confirmLabel={t('giveUp')}
                    onConfirm={() => end(batch)}
                  />
                </span>
              </div>
              {reserved === devices ? <p className="text-sm">{words('allMade')}</p> : null}
              {isHere ? (
                <ResumeBatch facts={facts} caHandle={caHandle} onResume={onResume} />
              ) : (
                <p className="text-sm text-ink-muted">{t(isOwn ? 'elsewhere' : 'others')}</p>
              )}
            </li>
          );
        })}
      </ul>
      <div className="-mx-4 mt-3 -mb-4 empty:hidden">
        <PageLinks nextHref={olderHref} firstHref={newestHref} />
      </div>
    </Card>
  );
}
