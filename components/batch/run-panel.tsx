'use client';

import { Download, KeyRound, Pause, Play, Square } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { Notice } from '@/components/ui/notice';
import { Spinner } from '@/components/ui/spinner';
import type { ServerTrouble } from './batch-run';
import { type BatchState, listApart } from './batch-state';
import { DeliveredBatch } from './delivered-batch';
import { FailedDevices } from './failed-devices';
import { RunOver, RunRefused } from './run-over';
import { RunProgress } from './run-progress';
import { RunServerFailure } from './run-server-failure';
import { useBatchFaultSentence } from './use-batch-fault-sentence';
import type { useBatchRun } from './use-batch-run';
import { WrittenBatch } from './written-batch';

type RunPanelProps = { environment: string; run: ReturnType<typeof useBatchRun>; onNext: () => void };

/** A batch on its way, and what became of it. */
export function RunPanel({ environment, run, onNext }: RunPanelProps) {
  const t = useTranslations('batch.run');
  const heading = useRef<HTMLDivElement>(null);
  const { state } = run;
  // The form is gone, and with it the button that had the focus.
  useEffect(() => heading.current?.focus(), []);
  return (
    <div ref={heading} tabIndex={-1} className="outline-none">
      <Card title={t('title')}>
        <div className="flex flex-col gap-4">
          <Content environment={environment} run={run} state={state} onNext={onNext} />
        </div>
      </Card>
    </div>
  );
}

function Content({ environment, run, state, onNext }: RunPanelProps & { state: BatchState }) {
  const t = useTranslations('batch.run');
  const words = useTranslations('batch.passphrase');
  const sentenceOf = useBatchFaultSentence();
  switch (state.kind) {
    case 'idle':
      return null;
    case 'starting':
      return (
        <p role="status" className="flex items-center gap-2 text-sm">
          <Spinner />
          {t('starting')}
        </p>
      );
    case 'running':
      return (
        <>
          <RunProgress progress={state} isPaused={state.isPaused} isWaiting={state.trouble !== undefined} />
          {state.trouble === undefined ? null : <Trouble trouble={state.trouble} onRetry={run.retry} />}
          <FailedDevices failures={state.failures} />
          <div className="flex flex-wrap gap-2">
            {state.isPaused ? (
              <Button variant="primary" onPress={run.resume} icon={<Play aria-hidden />}>
                {t('resume')}
              </Button>
            ) : (
              <Button onPress={run.pause} icon={<Pause aria-hidden />}>
                {t('pause')}
              </Button>
            )}
            <Button onPress={run.stop} icon={<Square aria-hidden />}>
              {t('stop')}
            </Button>
          </div>
          <p className="text-xs text-ink-muted">{t('kept')}</p>
          {run.mayBeDropped ? <p className="text-sm">{t('mayBeDropped')}</p> : null}
        </>
      );
    case 'failed':
      return (
        <>
          {state.fault.kind === 'server' ? (
            <RunServerFailure failure={state.fault.failure} />
          ) : state.fault.kind === 'refused' ? (
            <RunRefused failure={state.fault.failure} target={state.fault.target} />
          ) : (
            <Notice tone="danger" role="alert" title={sentenceOf(state.fault)}>
              {state.fault.kind === 'plan-too-big' ? null : <p>{t('failedText')}</p>}
            </Notice>
          )}
          <FailedDevices failures={state.failures} />
        </>
      );
    case 'over':
      return <RunOver environment={environment} state={state} onDownload={run.downloadAgain} />;
    case 'incomplete':
      return (
        <>
          <Notice
            tone="warning"
            role="status"
            title={t('incompleteTitle', { written: state.end.devices, devices: state.devices })}
          >
            <p>{t(state.target === 'download' ? 'incompleteDownload' : 'incompleteSaved')}</p>
            <p>{t('incompleteText')}</p>
            {listApart(state.end) === undefined ? null : <p>{words('apartText')}</p>}
          </Notice>
          <FailedDevices failures={state.failures} />
          <div className="flex flex-wrap gap-2">
            {state.target === 'download' ? (
              <Button onPress={run.downloadAgain} icon={<Download aria-hidden />}>
                {t('downloadAgain')}
              </Button>
            ) : null}
            {listApart(state.end) === undefined ? null : (
              <Button onPress={run.downloadPassphrases} icon={<KeyRound aria-hidden />}>
                {words('download')}
              </Button>
            )}
          </div>
        </>
      );
    case 'written':
      return <WrittenBatch state={state} run={run} />;
    case 'delivered':
      return <DeliveredBatch environment={environment} state={state} onNext={onNext} />;
  }
}

function Trouble({ trouble, onRetry }: { trouble: ServerTrouble; onRetry: () => void }) {
  const t = useTranslations('batch.run');
  return (
    <>
      <RunServerFailure failure={trouble.failure} />
      <p className="text-sm">
        {trouble.retryInMs === undefined
          ? t('waitsForYou')
          : t('retries', { seconds: Math.ceil(trouble.retryInMs / 1000) })}
      </p>
      <div>
        <Button onPress={onRetry}>{t('retryNow')}</Button>
      </div>
    </>
  );
}
