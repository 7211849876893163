'use client';

import { useEffect, useRef, useState } from 'react';
import { answered } from '@/components/device/issue-run';
import { lockKey } from '@/components/device/unlocked-keys';
import type { BatchPlan } from '@/lib/batch/batch-plan';
import type { BatchSettings, KeyOrigin } from '@/lib/batch/batch-settings';
import type { BatchEnd, BatchStanding, BatchTarget } from '@/lib/browser/batch/batch.protocol';
import { download } from '@/lib/browser/download';
import { keepStorage } from '@/lib/browser/persistent-storage';
import { pkiClient } from '@/lib/browser/pki-client';
import { postJson } from '@/lib/browser/post-json';
import { orStopped, type WorkerStopped } from '@/lib/browser/worker-stopped';
import type { Failure } from '@/lib/failure';
import type { DeviceFault } from '@/lib/pki/device-certificate';
import type { Result } from '@/lib/result';
import { archiveName } from './archive-name';
import { resultAnswer } from './batch-answers';
import { type RunFault, runBatch, type ServerTrouble } from './batch-run';
import { withKeyFrame } from './with-key-frame';

type Place = { environment: string; batch: string };
export type BatchActions = {
  begin(
    input: Place & { caId: string; devices: number; settings: BatchSettings },
  ): Promise<Result<{ host: string; port: number; serverRootPem: string }, Failure>>;
  confirm(input: Place & { manifestSha256: string }): Promise<Result<undefined, Failure>>;
  giveUp(input: Place): Promise<Result<undefined, Failure>>;
};

export type BatchFault =
  | RunFault
  | DeviceFault
  | WorkerStopped
  | { kind: 'batch-open-elsewhere' }
  | { kind: 'batch-empty' }
  | { kind: 'batch-damaged' }
  | { kind: 'plan-too-big' }
  | { kind: 'server'; failure: Failure | 'no-answer' };

export type BatchProgress = {
  devices: number;
  written: number;
  /** How long the run has taken until the last of these was written. */
  elapsedMs: number;
};

export type BatchState =
  | { kind: 'idle' }
  | { kind: 'starting' }
  | ({ kind: 'running'; isPaused: boolean; trouble: ServerTrouble | undefined } & BatchProgress)
  | { kind: 'failed'; fault: BatchFault; batch: string }
  /** Written out; a download is not known to have arrived. */
  | {
      kind: 'written';
      end: BatchEnd;
      target: BatchTarget['kind'];
      failure: Failure | 'no-answer' | undefined;
    }
  | {
      kind: 'delivered';
      end: BatchEnd;
      target: BatchTarget['kind'];
      keyOrigin: KeyOrigin;
      /** False where this browser could not delete its copy. */
      isForgotten: boolean;
    };

export type BatchStart = {
  caHandle: string;
  target: BatchTarget;
  passphrase: string | undefined;
  readme: string;
  /** What to begin, or the batch to go on with. */
  what: { plan: BatchPlan } | { batch: string };
};

type Running = {
  batch: string;
  keyOrigin: KeyOrigin;
  isCancelled: boolean;
  resume?: () => void;
  retry?: () => void;
  isPaused: boolean;
};

/** Runs one batch at a time; what the page loses on leaving is in the checkpoint. */
export function useBatchRun({
  environment,
  caId,
  reserveUrl,
  actions,
}: {
  environment: string;
  caId: string;
  reserveUrl: string;
  actions: BatchActions;
}) {
  const [state, setState] = useState<BatchState>({ kind: 'idle' });
  const [mayBeDropped, setMayBeDropped] = useState(false);
  const running = useRef<Running | undefined>(undefined);

  useEffect(
    () => () => {
      const left = running.current;
      if (left === undefined) return;
      left.isCancelled = true;
      left.resume?.();
      left.retry?.();
      void pkiClient()
        .call('closeBatch', { batch: left.batch })
        .catch(() => undefined);
      running.current = undefined;
    },
    [],
  );

  async function start(request: BatchStart) {
    // A second click comes before React has drawn the first one's answer.
    if (running.current !== undefined) return;
    const batch = 'batch' in request.what ? request.what.batch : crypto.randomUUID();
    const run: Running = { batch, keyOrigin: 'console', isCancelled: false, isPaused: false };
    running.current = run;
    setState({ kind: 'starting' });
    void keepStorage(navigator.storage).then((isKept) => setMayBeDropped(!isKept));
    const fault = await carryOut(run, request);
    if (fault === undefined || running.current !== run) return;
    running.current = undefined;
    await pkiClient()
      .call('closeBatch', { batch })
      .catch(() => undefined);
    if (fault.kind === 'handle-unknown') lockKey(caId);
    setState(fault.kind === 'cancelled' ? { kind: 'idle' } : { kind: 'failed', fault, batch });
  }

  async function carryOut(run: Running, request: BatchStart): Promise<BatchFault | undefined> {
    const { batch } = run;
    const { caHandle, target, passphrase, readme, what } = request;
    const pki = pkiClient();
    // On record first: a batch that nobody knows of would be kept by this browser alone.
    const known =
      'plan' in what ? { devices: what.plan.subjects.length, settings: what.plan.settings } : undefined;
    const opened = 'plan' in what ? undefined : await orStopped(pki.call('resumeBatch', { batch, caHandle }));
    if (opened !== undefined && !opened.ok) return opened.failure;
    const facts = known ?? opened?.value;
    if (facts === undefined) return { kind: 'batch-empty' };
    run.keyOrigin = facts.settings.keyOrigin;
    const begun = await answered(
      actions.begin({ environment, batch, caId, devices: facts.devices, settings: facts.settings }),
    );
    if (begun === 'no-answer' || !begun.ok) {
      return { kind: 'server', failure: begun === 'no-answer' ? begun : begun.failure };
    }
    const begunHere =
      'plan' in what ? await orStopped(pki.call('beginBatch', { batch, caHandle, plan: what.plan })) : opened;
    if (begunHere === undefined) return { kind: 'batch-empty' };
    if (!begunHere.ok) {
      // Nothing can become of it. Where the server does not hear of this, the batch is listed and can be given up there.
      if (begunHere.failure.kind === 'plan-too-big') await answered(actions.giveUp({ environment, batch }));
      return begunHere.failure;
    }
    const output = await orStopped(
      pki.call('openBatchOutput', { batch, target, passphrase, surroundings: begun.value, readme }),
    );
    if (!output.ok) return output.failure;
    return issueAll(run, begunHere.value, target.kind);
  }

  async function issueAll(
    run: Running,
    standing: BatchStanding,
    target: BatchTarget['kind'],
  ): Promise<BatchFault | undefined> {
    const { batch } = run;
    const update = (change: Partial<Extract<BatchState, { kind: 'running' }>>) =>
      setState((now) => (now.kind === 'running' ? { ...now, ...change } : now));
    let written = 0;
    const startedMs = Date.now();
    setState({
      kind: 'running',
      isPaused: false,
      trouble: undefined,
      devices: standing.devices,
      written,
      elapsedMs: 0,
    });
    const work = () =>
      runBatch(
        { batch, standing },
        { pki: pkiClient(), reserve: (certificates) => reserve(batch, certificates) },
        {
          isCancelled: () => run.isCancelled,
          onTrouble: (trouble) => update({ trouble }),
          onWritten(devices) {
            written += devices;
            update({ written, elapsedMs: Date.now() - startedMs });
          },
          async whenGoing() {
            if (!run.isPaused) return;
            await new Promise<void>((resolve) => {
              run.resume = resolve;
            });
          },
          untilRetry: (afterMs) =>
            new Promise<void>((resolve) => {
              run.retry = resolve;
              if (afterMs !== undefined) setTimeout(resolve, afterMs);
            }),
        },
      );
    const ended = await withKeyFrame(standing.settings, pkiClient(), work);
    if (!ended.ok) return ended.failure;
    if (running.current !== run) return undefined;
    setState({ kind: 'written', end: ended.value, target, failure: undefined });
    // A download is the browser's from here on; only the person sees whether it arrived.
    if (target === 'download') save(batch, ended.value);
    else await confirm(ended.value, target);
    return undefined;
  }

  async function reserve(batch: string, certificates: string[]) {
    const posted = await postJson(reserveUrl, { environment, batch, certificates });
    if (posted === 'no-answer') return posted;
    if (posted === 'signed-out') return { ok: false, failure: { kind: 'signed-out' } } as const;
    const parsed = resultAnswer.safeParse(posted.answer);
    return parsed.success ? parsed.data : 'no-answer';
  }

  async function confirm(end: BatchEnd, target: BatchTarget['kind']) {
    const run = running.current;
    if (run === undefined) return;
    const { manifestSha256 } = end;
    const confirmed = await answered(actions.confirm({ environment, batch: run.batch, manifestSha256 }));
    if (confirmed === 'no-answer' || !confirmed.ok) {
      const failure = confirmed === 'no-answer' ? confirmed : confirmed.failure;
      return setState({ kind: 'written', end, target, failure });
    }
    running.current = undefined;
    // On record as delivered: the copy in this browser is one too many.
    const { ok: isForgotten } = await orStopped(pkiClient().call('forgetBatch', { batch: run.batch }));
    setState({ kind: 'delivered', end, target, keyOrigin: run.keyOrigin, isForgotten });
  }

  function pause(isPaused: boolean) {
    if (running.current === undefined) return;
    running.current.isPaused = isPaused;
    if (!isPaused) running.current.resume?.();
    setState((now) => (now.kind === 'running' ? { ...now, isPaused } : now));
  }

  return {
    state,
    /** The browser does not promise to hold what is kept when its disk fills up. */
    mayBeDropped,
    start,
    pause: () => pause(true),
    resume: () => pause(false),
    retry: () => running.current?.retry?.(),
    /** Stops; what is finished can be gone on with. */
    stop() {
      if (running.current === undefined) return;
      running.current.isCancelled = true;
      running.current.resume?.();
      running.current.retry?.();
    },
    downloadAgain(end: BatchEnd) {
      if (running.current !== undefined) save(running.current.batch, end);
    },
    confirm,
    reset: () => setState({ kind: 'idle' }),
  };
}

function save(batch: string, { archive }: BatchEnd) {
  if (archive !== undefined) download(archiveName(batch), archive, 'application/zip');
}
