'use client';

import type { Route } from 'next';
import { useRouter } from 'next/navigation';
import { useEffect, useMemo, useState } from 'react';
import { useTranslations } from 'use-intl';
import { CaCard } from '@/components/device/ca-card';
import { understandTemplate } from '@/components/device/understood-template';
import { useUnlockedKey } from '@/components/device/unlocked-keys';
import { FailureNotice } from '@/components/ui/failure-notice';
import { LinkButton } from '@/components/ui/link-button';
import { useLeaveWarning } from '@/components/ui/use-leave-warning';
import { useNowMs } from '@/components/ui/use-now';
import type { Profile } from '@/lib/batch/profile';
import type { Failure } from '@/lib/failure';
import { caObstacle, type IssuingCa } from '@/lib/registry/issuing-ca';
import type { Result } from '@/lib/result';
import { BatchForm } from './batch-form';
import { CaAsBefore } from './ca-as-before';
import type { OpenBatchList } from './open-batch-facts';
import type { ReissueFacts } from './reissue-facts';
import { ReissueForm } from './reissue-form';
import { ReissuedNotice } from './reissued-notice';
import { rememberedConfirm } from './remembered-confirm';
import { RunPanel } from './run-panel';
import { UnfinishedBatches } from './unfinished-batches';
import { type BatchActions, type BatchStart, useBatchRun } from './use-batch-run';

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
  urls: { reserve: string; names: string; registry: string };
  actions: BatchActions;
};

/**
 * Issues many devices under one CA, and goes on with what was begun before. A batch that runs lives in here, so this stays in its place
 * whatever the server answers when the page is read again: a CA that cannot be read any more is shown as it was.
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
  actions: given,
}: IssueBatchProps) {
  const t = useTranslations('batch');
  const device = useTranslations('device');
  const nowMs = useNowMs();
  const [known, setKnown] = useState(read.ok ? read.value : undefined);
  if (read.ok && read.value !== known) setKnown(read.value);
  const ca = read.ok ? read.value : known;
  const caHandle = useUnlockedKey(caId);
  // Where the tab is lost before the answer comes, `FinishEndings` tells the server.
  const actions = useMemo(() => ({ ...given, confirm: rememberedConfirm(given.confirm) }), [given]);
  const run = useBatchRun({ environment, caId, reserveUrl: urls.reserve, actions });
  const router = useRouter();
  // A batch that ran has a form of its own: what was typed would make the same names again. One that could not be begun keeps it.
  const [formKey, setFormKey] = useState(0);
  // Whose devices the batch that runs issues again, as its form had them.
  const [reissued, setReissued] = useState<ReissueFacts | undefined>(undefined);
  const [reached, setReached] = useState<'nothing' | 'start' | 'run'>('nothing');
  const { state } = run;
  const isBusy = state.kind === 'starting' || state.kind === 'running' || state.kind === 'written';
  const isRefused = state.kind === 'failed' && state.fault.kind === 'server';
  useLeaveWarning(isBusy, t('leave'));
  useEffect(() => {
    if (state.kind === 'starting') setReached('start');
    else if (state.kind === 'running') setReached('run');
    else if (!isBusy && reached !== 'nothing') {
      setReached('nothing');
      if (reached === 'run') setFormKey((key) => key + 1);
      // What was stopped or failed is among the unfinished ones now. What the server did not begin is not, and the server has just
      // failed: nobody is to wait until it has done so again.
      if (!isRefused) router.refresh();
    }
  }, [isBusy, isRefused, reached, state.kind, router]);

  const template = useMemo(() => ca && understandTemplate(ca.template), [ca]);
  if (ca === undefined || template === undefined) {
    return (
      <>
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
    void run.start(request);
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
          giveUp={actions.giveUp}
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
