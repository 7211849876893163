'use client';

import { Download, Pause, Play, Square } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useTranslations } from 'use-intl';
import { devicesHref } from '@/components/device/devices-query';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { FailureNotice } from '@/components/ui/failure-notice';
import { Id } from '@/components/ui/id';
import { LinkButton } from '@/components/ui/link-button';
import { Notice } from '@/components/ui/notice';
import { Spinner } from '@/components/ui/spinner';
import type { Failure } from '@/lib/failure';
import type { ServerTrouble } from './batch-run';
import type { BatchState } from './batch-state';
import { FailedDevices } from './failed-devices';
import { NotForgotten } from './not-forgotten';
import { RunProgress } from './run-progress';
import { useBatchFaultSentence } from './use-batch-fault-sentence';
import type { useBatchRun } from './use-batch-run';

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
            <ServerFailure failure={state.fault.failure} />
          ) : (
            <Notice tone="danger" role="alert" title={sentenceOf(state.fault)}>
              {state.fault.kind === 'plan-too-big' ? null : <p>{t('failedText')}</p>}
            </Notice>
          )}
          <FailedDevices failures={state.failures} />
        </>
      );
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
          </Notice>
          <FailedDevices failures={state.failures} />
          {state.target === 'download' ? (
            <div>
              <Button onPress={run.downloadAgain} icon={<Download aria-hidden />}>
                {t('downloadAgain')}
              </Button>
            </div>
          ) : null}
        </>
      );
    case 'written':
      return (
        <>
          <Notice tone="warning" role="status" title={t('writtenTitle', { devices: state.end.devices })}>
            <p>{t(state.target === 'download' ? 'writtenDownload' : 'writtenSaved')}</p>
          </Notice>
          {state.failure === undefined ? null : <ServerFailure failure={state.failure} />}
          <Digest sha256={state.end.manifestSha256} />
          <div className="flex flex-wrap gap-2">
            <Button variant="primary" onPress={() => void run.confirm()}>
              {t(state.target === 'download' ? 'haveIt' : 'confirmAgain')}
            </Button>
            {state.target === 'download' ? (
              <Button onPress={run.downloadAgain} icon={<Download aria-hidden />}>
                {t('downloadAgain')}
              </Button>
            ) : null}
          </div>
        </>
      );
    case 'delivered':
      return (
        <>
          <Notice tone="positive" role="status" title={t('deliveredTitle', { devices: state.end.devices })}>
            <p>{t(state.keyOrigin === 'console' ? 'deliveredText' : 'deliveredKeyless')}</p>
          </Notice>
          {state.isForgotten ? null : <NotForgotten />}
          <Digest sha256={state.end.manifestSha256} />
          <div className="flex flex-wrap gap-2">
            <LinkButton variant="primary" href={devicesHref(environment, {})}>
              {t('devices')}
            </LinkButton>
            <Button onPress={onNext}>{t('next')}</Button>
          </div>
        </>
      );
  }
}

function Digest({ sha256 }: { sha256: string }) {
  const t = useTranslations('batch.run');
  return (
    <div className="flex flex-col gap-1 text-sm">
      <span className="text-ink-muted">{t('digest')}</span>
      <Id value={sha256} label={t('digest')} isWhole />
    </div>
  );
}

function Trouble({ trouble, onRetry }: { trouble: ServerTrouble; onRetry: () => void }) {
  const t = useTranslations('batch.run');
  return (
    <>
      <ServerFailure failure={trouble.failure} />
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

function ServerFailure({ failure }: { failure: Failure | 'no-answer' }) {
  const t = useTranslations('batch.run');
  if (failure !== 'no-answer') return <FailureNotice failure={failure} />;
  return (
    <Notice tone="warning" role="status" title={t('noAnswer')}>
      <p>{t('noAnswerText')}</p>
    </Notice>
  );
}
