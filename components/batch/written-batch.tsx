'use client';

import { Download, KeyRound } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { type BatchState, listApart } from './batch-state';
import { RunDigest } from './run-digest';
import { RunServerFailure } from './run-server-failure';
import type { useBatchRun } from './use-batch-run';

type WrittenBatchProps = {
  state: Extract<BatchState, { kind: 'written' }>;
  run: Pick<ReturnType<typeof useBatchRun>, 'confirm' | 'downloadAgain' | 'downloadPassphrases'>;
};

/** All of it is written out. What the person has to say before it ends, and what they have to be given before they can. */
export function WrittenBatch({ state, run }: WrittenBatchProps) {
  const t = useTranslations('batch.run');
  const words = useTranslations('batch.passphrase');
  const { end, target, isListGiven, failure } = state;
  const hasList = listApart(end) !== undefined;
  const isDownload = target === 'download';
  return (
    <>
      <Notice tone="warning" role="status" title={t('writtenTitle', { devices: end.devices })}>
        <p>{t(isDownload ? 'writtenDownload' : hasList ? 'writtenListLeft' : 'writtenSaved')}</p>
      </Notice>
      {hasList ? (
        <Notice tone={isListGiven ? 'info' : 'warning'} title={words('apartTitle')}>
          <p>{words('apartText')}</p>
          <div>
            <Button
              variant={isListGiven ? 'secondary' : 'primary'}
              onPress={run.downloadPassphrases}
              icon={<KeyRound aria-hidden />}
            >
              {words(isListGiven ? 'downloadAgain' : 'download')}
            </Button>
          </div>
        </Notice>
      ) : null}
      {failure === undefined ? null : <RunServerFailure failure={failure} />}
      <RunDigest sha256={end.manifestSha256} />
      <div className="flex flex-wrap items-center gap-2">
        <Button
          variant={isListGiven ? 'primary' : 'secondary'}
          isDisabled={!isListGiven}
          onPress={() => void run.confirm()}
        >
          {hasList ? words(isDownload ? 'haveBoth' : 'haveList') : t(isDownload ? 'haveIt' : 'confirmAgain')}
        </Button>
        {isDownload ? (
          <Button onPress={run.downloadAgain} icon={<Download aria-hidden />}>
            {t('downloadAgain')}
          </Button>
        ) : null}
        {isListGiven ? null : <p className="text-sm text-ink-muted">{words('listFirst')}</p>}
      </div>
    </>
  );
}
