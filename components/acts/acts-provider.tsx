'use client';

import type { Route } from 'next';
import { useRouter } from 'next/navigation';
import { type ReactNode, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { useTranslations } from 'use-intl';
import { useFlash } from '@/components/ui/flash';
import { useRefresh } from '@/components/ui/use-refresh';
import type { Failure } from '@/lib/failure';
import type { Act } from '@/lib/registry/act';
import type { Approval } from '@/lib/registry/approval';
import type { CliTarget } from '@/lib/registry/aws-command';
import type { Result } from '@/lib/result';
import { ActDialog } from './act-dialog';
import { type ActRun, countsOf } from './act-run';
import { ActRunPanel } from './act-run-panel';
import type { SendAct } from './act-run-store';
import { type ActRequest, ActsContext, type SelectionList } from './acts-context';
import type { BatchAnswer } from './drive';
import { runStoreOf } from './run-stores';
import { NOTHING_SELECTED, type Selection } from './selection-state';

type Batch = { environment: string; resources: string[] };
type Send<Input> = (input: Input) => Promise<Result<BatchAnswer[], Failure>>;

export type ActActions = {
  setCertificateStatuses: Send<Batch & { act: 'activate' | 'deactivate' }>;
  approveCertificates: Send<Batch & { approval: Approval }>;
  rejectCertificates: Send<Batch>;
  revokeCertificates: Send<Batch>;
  deleteCertificates: Send<Batch>;
  deleteThings: Send<Batch>;
};

type ActsProviderProps = {
  environment: string;
  operatorId: string;
  cliTarget: CliTarget;
  /** AWS calls a second that the console allows itself here. */
  callsPerSecond: number;
  may: Readonly<Record<Act, boolean>>;
  /** The operator may let an approval make its policy. */
  mayCreatePolicy: boolean;
  actions: ActActions;
  children: ReactNode;
};

/** Around the pages of an environment: shows plans of acts, runs them, and tells how far they are, on whichever page one is. */
export function ActsProvider({
  environment,
  operatorId,
  cliTarget,
  callsPerSecond,
  may,
  mayCreatePolicy,
  actions,
  children,
}: ActsProviderProps) {
  const [store] = useState(() => runStoreOf(`${environment}:${operatorId}`, sendWith(environment, actions)));
  const run = useSyncExternalStore(store.subscribe, store.snapshot, () => undefined);
  const [request, setRequest] = useState<ActRequest | undefined>(undefined);
  const [selections, setSelections] = useState<Partial<Record<SelectionList, Selection>>>({});
  const goTo = useRef<Route | undefined>(undefined);

  useEffect(() => store.restore(), [store]);
  useAskBeforeReload(store.isActive);
  useWhenOver(run, goTo, () => store.dismiss());

  const acts = useMemo(
    () => ({
      may,
      propose: setRequest,
      run,
      selectionOf: (list: SelectionList) => selections[list] ?? NOTHING_SELECTED,
      select: (list: SelectionList, selection: Selection) =>
        setSelections((now) => ({ ...now, [list]: selection })),
    }),
    [may, run, selections],
  );

  function start({ act, subjects, approval, goTo: target, list }: ActRequest) {
    goTo.current = target;
    if (list !== undefined) acts.select(list, NOTHING_SELECTED);
    store.start(act, subjects, approval);
    setRequest(undefined);
  }

  return (
    <ActsContext value={acts}>
      {children}
      {request === undefined ? null : (
        <ActDialog
          key={request.act}
          environment={environment}
          cliTarget={cliTarget}
          callsPerSecond={callsPerSecond}
          may={may}
          mayCreatePolicy={mayCreatePolicy}
          request={request}
          isBusy={store.isActive}
          onChange={setRequest}
          onClose={() => setRequest(undefined)}
          onConfirm={start}
        />
      )}
      {run === undefined ? null : <ActRunPanel environment={environment} run={run} store={store} />}
    </ActsContext>
  );
}

const sendWith =
  (environment: string, actions: ActActions): SendAct =>
  (act, ids, approval) => {
    const batch = { environment, resources: [...ids] };
    switch (act) {
      case 'activate':
      case 'deactivate':
        return actions.setCertificateStatuses({ ...batch, act });
      case 'approve':
        if (approval === undefined) throw new TypeError('an approval is missing');
        return actions.approveCertificates({ ...batch, approval });
      case 'reject':
        return actions.rejectCertificates(batch);
      case 'revoke':
        return actions.revokeCertificates(batch);
      case 'delete-certificate':
        return actions.deleteCertificates(batch);
      case 'delete-thing':
        return actions.deleteThings(batch);
    }
  };

/** A reload stops what has not begun; in-app links do not. */
function useAskBeforeReload(isOn: boolean): void {
  useEffect(() => {
    if (!isOn) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [isOn]);
}

/** Once a run is over the page is read again; one device that went well needs no more than a message. */
function useWhenOver(
  run: ActRun | undefined,
  goTo: { current: Route | undefined },
  dismiss: () => void,
): void {
  const t = useTranslations('acts');
  const router = useRouter();
  const { refresh } = useRefresh();
  const { show } = useFlash();
  const phase = run?.phase;
  const before = useRef(phase);
  useEffect(() => {
    const wasActive = before.current === 'running' || before.current === 'pausing';
    before.current = phase;
    if (!wasActive || phase === 'running' || phase === 'pausing' || run === undefined) return;
    const { done, unchanged, total } = countsOf(run);
    const isAllDone = done + unchanged === total;
    if (isAllDone && total === 1) {
      show({ tone: 'positive', text: t(done === 1 ? `doneOne.${run.act}` : 'unchangedOne') });
      dismiss();
    }
    if (isAllDone && goTo.current !== undefined) router.push(goTo.current);
    void refresh();
  });
}
