'use client';

import { useFormatter, useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { DropArea } from '@/components/ui/drop-area';
import { FailureNotice } from '@/components/ui/failure-notice';
import { Notice } from '@/components/ui/notice';
import { ARCHIVE_FILES_MAX } from '@/lib/browser/archive/zip-reader';
import { CheckResult } from './check-result';
import { UnlockCard } from './unlock-card';
import { type CheckFault, type FindManifest, useCheckBatch } from './use-check-batch';

/** Browsers hand over each file of a folder as an object of its own; bigger batches come as an archive. */
const FOLDER_FILES_MAX = 200_000;

/** Takes a batch as it was handed over, and says whether it is whole, unchanged, and what the ledger has. */
export function CheckBatch({
  environment,
  findManifest,
}: {
  environment: string;
  findManifest: FindManifest;
}) {
  const t = useTranslations('check-batch');
  const format = useFormatter();
  const { state, take, cancel, unlock, stopUnlock } = useCheckBatch(environment, findManifest);
  return (
    <div className="flex flex-col gap-4">
      <DropArea
        label={t('drop.label')}
        help={t('drop.help')}
        constraint={t('drop.constraint', { filesMax: FOLDER_FILES_MAX, archiveMax: ARCHIVE_FILES_MAX })}
        sentences={[]}
        allowsMultiple
        folderFilesMax={FOLDER_FILES_MAX}
        onFiles={(files, hasMore) => take(files, hasMore ? FOLDER_FILES_MAX : undefined)}
      />
      <p role="status" className="sr-only">
        {state.kind === 'opening' || state.kind === 'checking' ? t('running') : ''}
      </p>
      {state.kind === 'fault' ? <FaultNotice fault={state.fault} /> : null}
      {state.kind === 'opening' || state.kind === 'checking' ? (
        <Card title={t('progress')}>
          <div className="flex flex-wrap items-center gap-3 text-sm">
            <progress
              aria-label={t('progress')}
              className="h-2 min-w-48 flex-1 accent-accent"
              {...(state.kind === 'checking' && {
                max: Math.max(1, state.checked.opened.devices),
                value: state.checked.counts.devices,
              })}
            />
            <span className="tabular-nums">
              {state.kind === 'opening'
                ? t('opening')
                : t('done', {
                    done: format.number(state.checked.counts.devices),
                    all: format.number(state.checked.opened.devices),
                  })}
            </span>
            <Button onPress={cancel}>{t('cancel')}</Button>
          </div>
        </Card>
      ) : null}
      {state.kind !== 'checking' && state.kind !== 'done' ? null : (
        <>
          {state.failure === undefined ? null : state.failure.kind === 'no-answer' ? (
            <Notice tone="warning" title={t('noAnswer')} />
          ) : (
            <FailureNotice failure={state.failure} />
          )}
          <CheckResult environment={environment} checked={state.checked} isDone={state.kind === 'done'} />
          {state.kind === 'done' && state.checked.counts.keysLocked > 0 ? (
            <UnlockCard
              key={state.checked.opened.check}
              checked={state.checked}
              fault={state.unlockFault}
              onUnlock={unlock}
              onStop={stopUnlock}
            />
          ) : null}
        </>
      )}
    </div>
  );
}

function FaultNotice({ fault }: { fault: CheckFault }) {
  const t = useTranslations('check-batch.fault');
  const words = useTranslations('failure');
  const { kind, ...params } = fault;
  const title = kind === 'worker-stopped' ? words('workerStopped') : t(kind, params);
  return <Notice tone="danger" role="alert" title={title} />;
}
