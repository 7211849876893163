'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { useTranslations } from 'use-intl';
import { CaCard } from '@/components/device/ca-card';
import { useUnlockedKey } from '@/components/device/unlocked-keys';
import { useLeaveWarning } from '@/components/ui/use-leave-warning';
import { useNowMs } from '@/components/ui/use-now';
import { caObstacle, type IssuingCa } from '@/lib/registry/issuing-ca';
import { BatchForm } from './batch-form';
import { issueBatchHref } from './batch-href';
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
  const router = useRouter();
  // Each batch has a form of its own; one that could not be begun keeps what was typed.
  const [formKey, setFormKey] = useState(0);
  const [hasRun, setHasRun] = useState(false);
  const { state } = run;
  const isBusy = state.kind === 'starting' || state.kind === 'running' || state.kind === 'written';
  useLeaveWarning(isBusy, t('leave'));
  useEffect(() => {
    if (isBusy) setHasRun(true);
    // What was stopped or failed is among the unfinished ones now.
    else if (hasRun && state.kind !== 'delivered') router.refresh();
  }, [isBusy, hasRun, state.kind, router]);

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
            setFormKey(formKey + 1);
          }}
        />
      )}
      {isBusy || state.kind === 'delivered' ? null : (
        <UnfinishedBatches
          environment={environment}
          batches={openBatches}
          caHandle={caHandle}
          giveUp={actions.giveUp}
          onResume={(request) => void run.start(request)}
        />
      )}
      {obstacle === undefined ? (
        <div hidden={isBusy || state.kind === 'delivered'}>
          <BatchForm
            key={formKey}
            environment={environment}
            ca={ca}
            caHandle={caHandle}
            urls={urls}
            onStart={(request) => void run.start(request)}
          />
        </div>
      ) : null}
    </>
  );
}
