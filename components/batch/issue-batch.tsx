'use client';

import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { CaCard } from '@/components/device/ca-card';
import { issueBatchHref } from './batch-href';
import { useUnlockedKey } from '@/components/device/unlocked-keys';
import { useLeaveWarning } from '@/components/ui/use-leave-warning';
import { useNowMs } from '@/components/ui/use-now';
import { caObstacle, type IssuingCa } from '@/lib/registry/issuing-ca';
import { BatchForm } from './batch-form';
import type { OpenBatchFacts } from './open-batch-facts';
import { RunPanel } from './run-panel';
import { UnfinishedBatches } from './unfinished-batches';
import { type BatchActions, useBatchRun } from './use-batch-run';

type IssueBatchProps = {
  environment: string;
  ca: IssuingCa;
  /** Of this CA, as the server has them. */
  openBatches: readonly OpenBatchFacts[];
  urls: { reserve: string; names: string; registry: string };
  actions: BatchActions;
};

/** Issues many devices under one CA, and goes on with what was begun before. */
export function IssueBatch({ environment, ca, openBatches, urls, actions }: IssueBatchProps) {
  const t = useTranslations('batch');
  const nowMs = useNowMs();
  const caHandle = useUnlockedKey(ca.caId);
  const run = useBatchRun({ environment, caId: ca.caId, reserveUrl: urls.reserve, actions });
  const [isFormShown, setFormShown] = useState(true);
  const { state } = run;
  const isBusy = state.kind === 'starting' || state.kind === 'running' || state.kind === 'written';
  useLeaveWarning(isBusy, t('leave'));

  const obstacle = caObstacle(ca, nowMs);
  return (
    <>
      <CaCard
        environment={environment}
        ca={ca}
        obstacle={obstacle}
        isUnlocked={caHandle !== undefined}
        otherCaHref={issueBatchHref(environment, {})}
      />
      {state.kind === 'idle' ? null : (
        <RunPanel
          environment={environment}
          run={run}
          onNext={() => {
            run.reset();
            setFormShown(true);
          }}
        />
      )}
      {isBusy || state.kind === 'delivered' ? null : (
        <UnfinishedBatches
          environment={environment}
          batches={openBatches}
          caHandle={caHandle}
          giveUp={actions.giveUp}
          onResume={(request) => {
            setFormShown(false);
            void run.start(request);
          }}
        />
      )}
      {obstacle === undefined && isFormShown && !isBusy && state.kind !== 'delivered' ? (
        <BatchForm
          environment={environment}
          ca={ca}
          caHandle={caHandle}
          urls={urls}
          onStart={(request) => void run.start(request)}
        />
      ) : null}
    </>
  );
}
