'use client';

import type { Route } from 'next';
import { useEffect, useMemo, useState } from 'react';
import { useTranslations } from 'use-intl';
import { CaCard } from '@/components/device/ca-card';
import { understandTemplate } from '@/components/device/understood-template';
import { useUnlockedKey } from '@/components/device/unlocked-keys';
import { FailureNotice } from '@/components/ui/failure-notice';
import { LinkButton } from '@/components/ui/link-button';
import { useNowMs } from '@/components/ui/use-now';
import { useRefresh } from '@/components/ui/use-refresh';
import type { Profile } from '@/lib/batch/profile';
import type { Failure } from '@/lib/failure';
import { caObstacle, type IssuingCa } from '@/lib/registry/issuing-ca';
import type { Result } from '@/lib/result';
import { BatchForm } from './batch-form';
import { RunElsewhere, useHeldRun } from './batch-run-provider';
import type { BatchState } from './batch-state';
import { CaAsBefore } from './ca-as-before';
import type { OpenBatchList } from './open-batch-facts';
import type { ReissueFacts } from './reissue-facts';
import { ReissueForm } from './reissue-form';
import { ReissuedNotice } from './reissued-notice';
import { RunPanel } from './run-panel';
import { UnfinishedBatches } from './unfinished-batches';
import type { BatchActions, BatchStart } from './use-batch-run';

type IssueBatchProps = {
  environment: string;
  caId: string;
  ca: Result<IssuingCa, Failure>;
  /** Of this CA, as the server has them. */
  openBatches: OpenBatchList;
  /** Devices of an earlier batch that are to be issued again. */
  again?: ReissueFacts | undefined;
  /** Where another CA is chosen. */
  otherCaHref: Route;
  profiles: readonly Profile[];
  urls: { names: string; registry: string };
  giveUp: BatchActions['giveUp'];
};

const IDLE: BatchState = { kind: 'idle' };

/**
 * Issues many devices under one CA, and goes on with what was begun before. Stays in its place whatever the server answers when the page
 * is read again: a CA that cannot be read any more is shown as it was, and nothing typed is lost.
 */
export function IssueBatch({
  environment,
  caId,
  ca: read,
  openBatches,
  again,
  otherCaHref,
  profiles,
  urls,
  giveUp,
}: IssueBatchProps) {
  const device = useTranslations('device');
  const nowMs = useNowMs();
  const [known, setKnown] = useState(read.ok ? read.value : undefined);
  if (read.ok && read.value !== known) setKnown(read.value);
  const ca = read.ok ? read.value : known;
  const caHandle = useUnlockedKey(caId);
  const run = useHeldRun();
  const { isBusy } = run;
  const { refresh } = useRefresh();
  // A batch that ran has a form of its own: what was typed would make the same names again. One that could not be begun keeps it.
  const [formKey, setFormKey] = useState(0);
  // Whose devices the batch that runs issues again, as its form had them.
  const [reissued, setReissued] = useState<ReissueFacts | undefined>(undefined);
  const [reached, setReached] = useState<'nothing' | 'start' | 'run'>('nothing');
  // How a batch of another CA ended is not of this page.
  const state = isBusy || run.caId === caId ? run.state : IDLE;
  const isRefused = state.kind === 'failed' && state.fault.kind === 'server';
  useEffect(() => {
    if (state.kind === 'starting') setReached('start');
    else if (state.kind === 'running') setReached('run');
    else if (!isBusy && reached !== 'nothing') {
      setReached('nothing');
      if (reached === 'run') setFormKey((key) => key + 1);
      // What was stopped or failed is among the unfinished ones now. What the server did not begin is not, and the server has just
      // failed: nobody is to wait until it has done so again.
      if (!isRefused) void refresh();
    }
  }, [isBusy, isRefused, reached, state.kind, refresh]);

  const template = useMemo(() => ca && understandTemplate(ca.template), [ca]);
  if (ca === undefined || template === undefined) {
    return (
      <>
        <RunElsewhere />
        {read.ok ? null : <FailureNotice failure={read.failure} />}
        <div>
          <LinkButton href={otherCaHref}>{device('issue.otherCa')}</LinkButton>
        </div>
      </>
    );
  }
  const obstacle = caObstacle(ca, nowMs);
  const form = {
    environment,
    caHandle,
    profiles,
    urls,
  };
  const start = (request: BatchStart, reissued?: ReissueFacts) => {
    setReissued(reissued);
    void run.start(request, caId);
  };
  return (
    <>
      {read.ok ? null : <CaAsBefore failure={read.failure} />}
      <CaCard
        environment={environment}
        ca={ca}
        obstacle={obstacle}
        template={template}
        isUnlocked={caHandle !== undefined}
        otherCaHref={otherCaHref}
      />
      {state.kind === 'idle' ? null : <RunPanel environment={environment} run={run} onNext={run.reset} />}
      {state.kind === 'delivered' && reissued !== undefined ? <ReissuedNotice again={reissued} /> : null}
      {isBusy || state.kind === 'delivered' ? null : (
        <UnfinishedBatches
          environment={environment}
          list={openBatches}
          caHandle={caHandle}
          giveUp={giveUp}
          onResume={start}
        />
      )}
      {obstacle === undefined ? (
        <div hidden={isBusy || state.kind === 'delivered'}>
          {again !== undefined && formKey === 0 ? (
            <ReissueForm
              key={again.subjectsUrl}
              {...form}
              ca={ca}
              template={template}
              again={again}
              onStart={(request) => start(request, again)}
            />
          ) : (
            <BatchForm key={formKey} {...form} ca={ca} template={template} onStart={start} />
          )}
        </div>
      ) : null}
    </>
  );
}
