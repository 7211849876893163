'use client';

import { createContext, type ReactNode, useContext, useMemo } from 'react';
import { useTranslations } from 'use-intl';
import { useLeaveWarning } from '@/components/ui/use-leave-warning';
import { rememberedConfirm } from './remembered-confirm';
import { RunPanel } from './run-panel';
import { type BatchActions, useBatchRun } from './use-batch-run';
import { useNotedOutput } from './use-noted-output';

type BatchRunProviderProps = {
  environment: string;
  reserveUrl: string;
  endedUrl: string;
  actions: BatchActions;
  children: ReactNode;
};

type HeldRun = ReturnType<typeof useBatchRun> & { environment: string; isBusy: boolean };

const BatchRunContext = createContext<HeldRun | undefined>(undefined);

/**
 * Holds the batch that runs, above the pages on which it is begun: one that is read again, that crashes, or that gives way to the choice
 * of another CA does not end it. Leaving them does, after a question.
 */
export function BatchRunProvider({
  environment,
  reserveUrl,
  endedUrl,
  actions,
  children,
}: BatchRunProviderProps) {
  const t = useTranslations('batch');
  // Where the tab is lost before the answer comes, `FinishEndings` tells the server.
  const remembering = useMemo(() => ({ ...actions, confirm: rememberedConfirm(actions.confirm) }), [actions]);
  const run = useBatchRun({ environment, reserveUrl, endedUrl, actions: remembering });
  useNotedOutput(environment, run.state);
  const { kind } = run.state;
  const isBusy = kind === 'starting' || kind === 'running' || kind === 'written';
  useLeaveWarning(isBusy, t('leave'));
  return <BatchRunContext value={{ ...run, environment, isBusy }}>{children}</BatchRunContext>;
}

export function useHeldRun(): HeldRun {
  const run = useContext(BatchRunContext);
  if (run === undefined) throw new Error('a page of batches outside of its provider');
  return run;
}

/** The batch that runs, where the page has no other place for it. */
export function RunElsewhere() {
  const run = useHeldRun();
  if (!run.isBusy) return null;
  return <RunPanel environment={run.environment} run={run} onNext={run.reset} />;
}
