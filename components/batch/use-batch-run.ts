'use client';

import { useEffect, useRef, useState } from 'react';
import { lockKey } from '@/components/device/unlocked-keys';
import { orNoAnswer } from '@/components/ui/no-answer';
import type { BatchPlan } from '@/lib/batch/batch-plan';
import type { BatchSettings, KeyOrigin } from '@/lib/batch/batch-settings';
import type {
  BatchEnd,
  BatchStanding,
  BatchTarget,
  PassphraseListPlace,
} from '@/lib/browser/batch/batch.protocol';
import { download } from '@/lib/browser/download';
import { keepStorage } from '@/lib/browser/persistent-storage';
import { pkiClient } from '@/lib/browser/pki-client';
import { postJson } from '@/lib/browser/post-json';
import { orStopped } from '@/lib/browser/worker-stopped';
import type { Failure } from '@/lib/failure';
import { fail, type Result } from '@/lib/result';
import { archiveName, passphrasesName } from './archive-name';
import { askEnded } from './ask-ended';
import { resultAnswer } from './batch-answers';
import { runBatch } from './batch-run';
import { type BatchFault, type BatchState, listApart, NO_FAILURES, type RunningState } from './batch-state';
import { RunControl } from './run-control';
import { isBatchEnded } from './server-refusal';
import { useFailedNote } from './use-failed-note';
import { withKeyFrame } from './with-key-frame';

type Place = { environment: string; batch: string };
export type BatchActions = {
  begin(
    input: Place & { caId: string; devices: number; settings: BatchSettings },
  ): Promise<Result<{ host: string; port: number; serverRootPem: string }, Failure>>;
  /** `madeAnew`: rows of devices that were made twice, and whose later certificates are in the output. */
  confirm(input: Place & { manifestSha256: string }): Promise<Result<{ madeAnew: number }, Failure>>;
  giveUp(input: Place): Promise<Result<undefined, Failure>>;
};

export type BatchStart = {
  caHandle: string;
  target: BatchTarget;
  passphrase: string | undefined;
  /** Of devices with one each. */
  passphraseList: PassphraseListPlace;
  /** Knows where devices connect only when the server has begun the batch. */
  readme: (place: { host: string; port: number }) => string;
  /** What to begin, or the batch to go on with. */
  what: { plan: BatchPlan } | { batch: string };
};

/** A batch from the click that starts it until it is delivered, stopped or failed. */
type Run = {
  batch: string;
  caId: string;
  keyOrigin: KeyOrigin;
  /** The page is gone, and nobody waits for an answer any more. */
  isLeft: boolean;
  /** As soon as it issues. */
  control?: RunControl;
  /** As soon as all is written. */
  written?: { end: BatchEnd; target: BatchTarget['kind']; isListGiven: boolean };
};

/** Runs one batch at a time; what the page loses on leaving is in the checkpoint. */
export function useBatchRun({
  environment,
  reserveUrl,
  endedUrl,
  actions,
}: {
  environment: string;
  reserveUrl: string;
  /** Answers which batches are over. */
  endedUrl: string;
  actions: BatchActions;
}) {
  const [state, setState] = useState<BatchState>({ kind: 'idle' });
  const [caId, setCaId] = useState<string | undefined>(undefined);
  const [mayBeDropped, setMayBeDropped] = useState(false);
  const running = useRef<Run | undefined>(undefined);
  const noteOn = useFailedNote();

  useEffect(
    () => () => {
      const left = running.current;
      if (left === undefined) return;
      running.current = undefined;
      left.isLeft = true;
      left.control?.cancel();
      void close(left.batch);
    },
    [],
  );

  async function start(request: BatchStart, issuingCaId: string) {
    // A second click comes before React has drawn the first one's answer.
    if (running.current !== undefined) return;
    const batch = 'batch' in request.what ? request.what.batch : crypto.randomUUID();
    const run: Run = { batch, caId: issuingCaId, keyOrigin: 'console', isLeft: false };
    running.current = run;
    setCaId(issuingCaId);
    setState({ kind: 'starting' });
    void keepStorage(navigator.storage).then((isKept) => setMayBeDropped(!isKept));
    const fault = await carryOut(run, request);
    // Leaving closes it as well; that may have come before it was opened.
    if (run.isLeft) return close(batch);
    if (fault === undefined || running.current !== run) return;
    running.current = undefined;
    await close(batch);
    const refusal = refusalIn(fault);
    if (refusal !== undefined && (await endIfOver(batch, refusal, { target: request.target.kind }))) return;
    if (fault.kind === 'handle-unknown') lockKey(run.caId);
    const failures = run.control?.state.failures ?? NO_FAILURES;
    setState(fault.kind === 'cancelled' ? { kind: 'idle' } : { kind: 'failed', fault, failures });
  }

  async function carryOut(run: Run, request: BatchStart): Promise<BatchFault | undefined> {
    const { batch, caId } = run;
    const { caHandle, target, passphrase, passphraseList, readme, what } = request;
    const pki = pkiClient();
    // On record first: a batch that nobody knows of would be kept by this browser alone.
    const known =
      'plan' in what ? { devices: what.plan.subjects.length, settings: what.plan.settings } : undefined;
    const opened = 'plan' in what ? undefined : await orStopped(pki.call('resumeBatch', { batch, caHandle }));
    if (opened !== undefined && !opened.ok) return opened.failure;
    const facts = known ?? opened?.value;
    if (facts === undefined) return { kind: 'batch-empty' };
    run.keyOrigin = facts.settings.keyOrigin;
    const begun = await orNoAnswer(
      actions.begin({ environment, batch, caId, devices: facts.devices, settings: facts.settings }),
    );
    if (!begun.ok) return { kind: 'server', failure: begun.failure };
    const begunHere =
      'plan' in what ? await orStopped(pki.call('beginBatch', { batch, caHandle, plan: what.plan })) : opened;
    if (begunHere === undefined) return { kind: 'batch-empty' };
    if (!begunHere.ok) {
      // Nothing can become of it. Where the server does not hear of this, the batch is listed and can be given up there.
      if (begunHere.failure.kind === 'plan-too-big') await orNoAnswer(actions.giveUp({ environment, batch }));
      return begunHere.failure;
    }
    const output = await orStopped(
      pki.call('openBatchOutput', {
        batch,
        target,
        passphrase,
        passphraseList,
        surroundings: begun.value,
        readme: readme(begun.value),
      }),
    );
    if (!output.ok) return output.failure;
    return issueAll(run, begunHere.value, target.kind);
  }

  async function issueAll(
    run: Run,
    standing: BatchStanding,
    target: BatchTarget['kind'],
  ): Promise<BatchFault | undefined> {
    if (run.isLeft) return { kind: 'cancelled' };
    const { batch } = run;
    const onChange = (changed: RunningState) => setState((now) => (now.kind === 'running' ? changed : now));
    const control = new RunControl(standing, { onChange, noteOn });
    run.control = control;
    setState(control.state);
    const ports = { pki: pkiClient(), reserve: (certificates: string[]) => reserve(batch, certificates) };
    const work = () => runBatch({ batch, standing }, ports, control);
    const ended = await withKeyFrame(standing.settings, pkiClient(), work);
    if (!ended.ok) return ended.failure.kind === 'refused' ? { ...ended.failure, target } : ended.failure;
    if (running.current !== run) return undefined;
    const { failures } = control.state;
    if (failures.count > 0) return stayIncomplete(run, ended.value, target, standing.devices);
    const isListGiven = listApart(ended.value) === undefined;
    run.written = { end: ended.value, target, isListGiven };
    setState({ kind: 'written', batch, ...run.written, failure: undefined });
    // A download is the browser's from here on; only the person sees whether it arrived.
    if (target === 'download') save(batch, ended.value);
    else if (isListGiven) await confirm();
    return undefined;
  }

  /** What is there is given out. The batch stays open, and is let go of, so that it can be resumed for what is missing. */
  async function stayIncomplete(
    run: Run,
    end: BatchEnd,
    target: BatchTarget['kind'],
    devices: number,
  ): Promise<undefined> {
    const { batch, control } = run;
    running.current = undefined;
    await close(batch);
    const failures = control?.state.failures ?? NO_FAILURES;
    setState({ kind: 'incomplete', batch, end, target, devices, failures });
    if (target === 'download') save(batch, end, 'incomplete');
  }

  async function reserve(batch: string, certificates: string[]): Promise<Result<unknown, Failure>> {
    const posted = await postJson(reserveUrl, { environment, batch, certificates });
    if (posted === 'no-answer' || posted === 'signed-out') return fail({ kind: posted });
    const parsed = resultAnswer.safeParse(posted.answer);
    return parsed.success ? parsed.data : fail({ kind: 'no-answer' });
  }

  async function confirm() {
    const run = running.current;
    // Once it is confirmed, nobody can make the list of passphrases again.
    if (!run?.written?.isListGiven) return;
    const { batch, written, keyOrigin } = run;
    const { manifestSha256 } = written.end;
    const confirmed = await orNoAnswer(actions.confirm({ environment, batch, manifestSha256 }));
    // Asked twice, the first answer that it is delivered counts.
    if (running.current !== run) return;
    if (!confirmed.ok) {
      const { failure } = confirmed;
      if (await endIfOver(batch, failure, { target: written.target, written: written.end })) {
        if (running.current === run) running.current = undefined;
        return;
      }
      return setState({ kind: 'written', batch, ...written, failure });
    }
    running.current = undefined;
    // On record as delivered: the copy in this browser is one too many.
    const { ok: isForgotten } = await orStopped(pkiClient().call('forgetBatch', { batch }));
    const { end, target } = written;
    const { madeAnew } = confirmed.value;
    setState({ kind: 'delivered', end, target, keyOrigin, madeAnew, isForgotten });
  }

  /**
   * Where it was given up, or delivered from another window, nothing of it is kept here any longer: nobody could go on with it.
   * @returns whether it is over, as the server says: the same refusal is given for a batch of somebody else
   */
  async function endIfOver(
    batch: string,
    failure: Failure,
    { target, written }: { target: BatchTarget['kind']; written?: BatchEnd },
  ): Promise<boolean> {
    if (!isBatchEnded(failure)) return false;
    const ended = await askEnded(endedUrl, [batch]);
    if (ended?.includes(batch) !== true) return false;
    const { ok: isForgotten } = await orStopped(pkiClient().call('forgetBatch', { batch }));
    setState({ kind: 'over', batch, target, written, isForgotten });
    return true;
  }

  return {
    state,
    /** Of the last batch that was started. */
    caId,
    /** The browser does not promise to hold what is kept when its disk fills up. */
    mayBeDropped,
    start,
    pause: () => running.current?.control?.pause(),
    resume: () => running.current?.control?.resume(),
    retry: () => running.current?.control?.retry(),
    /** Stops; what is finished can be gone on with. */
    stop: () => running.current?.control?.cancel(),
    downloadAgain() {
      if (state.kind === 'written') save(state.batch, state.end);
      if (state.kind === 'incomplete') save(state.batch, state.end, 'incomplete');
      if (state.kind === 'over' && state.written !== undefined) save(state.batch, state.written);
    },
    downloadPassphrases() {
      if (state.kind === 'incomplete') savePassphrases(state.batch, state.end, 'incomplete');
      const run = running.current;
      if (state.kind !== 'written' || run?.written === undefined) return;
      savePassphrases(state.batch, state.end);
      run.written = { ...run.written, isListGiven: true };
      setState({ ...state, isListGiven: true });
    },
    confirm,
    reset: () => setState({ kind: 'idle' }),
  };
}

/** What the server said, where it was the server. */
function refusalIn(fault: BatchFault): Failure | undefined {
  return fault.kind === 'server' || fault.kind === 'refused' ? fault.failure : undefined;
}

/** Lets go of it; never rejects. */
async function close(batch: string): Promise<void> {
  await orStopped(pkiClient().call('closeBatch', { batch }));
}

function save(batch: string, { archive }: BatchEnd, lack?: 'incomplete') {
  if (archive !== undefined) download(archiveName(batch, lack), archive, 'application/zip');
}

function savePassphrases(batch: string, end: BatchEnd, lack?: 'incomplete') {
  const list = listApart(end);
  if (list !== undefined) download(passphrasesName(batch, lack), list, 'text/csv');
}
