/**
 * Works on a sweep until it is done, cancelled, or another process has it. Everything it knows is in the database after each step,
 * so whoever takes over goes on where it stopped.
 * @module
 */
import 'server-only';
import type { Failure } from '@/lib/failure';
import { type SweepProgress, stepAfterDetails, type Unseen, withUnseen } from '@/lib/ledger/sweep-progress';
import { commitStep, type Lease, LeaseLost, renewLease } from '@/lib/ledger/sweep-runs';
import { log } from '@/lib/log/log';
import { type StepContext, takeStep } from './sweep-steps';

/** Waits double from a second to half a minute: about a minute and a half in all before a step is given up. Our choice. */
const ATTEMPTS_MAX = 8;
const BACK_OFF_MS = 1000;
const BACK_OFF_MS_MAX = 30_000;

/** After AWS said that calls come too fast, each step waits this long, twice as long after every further refusal. */
const SLOWER_MS = 500;
const SLOWER_MS_MAX = 10_000;

export type SweepContext = StepContext & {
  sleep(ms: number): Promise<void>;
  /** From 0 up to but not 1. */
  random(): number;
};

/** @returns how the work ended; `left`: it was cancelled, or is another's */
export async function runSweep(
  context: SweepContext,
  lease: Lease,
  begun: SweepProgress,
): Promise<'ended' | 'left'> {
  let progress = begun;
  let attempts = 0;
  let slowerMs = 0;
  let hasWaited = false;
  try {
    while (progress.step !== 'end') {
      if (slowerMs > 0) await context.sleep(slowerMs);
      if (hasWaited || slowerMs > 0) await renewLease(lease, context.now());
      hasWaited = false;
      const step = await takeStep(context, progress);
      if (step.ok) {
        progress = await commitStep(lease, context.now(), async (transaction) => ({
          ...(await step.value(transaction)),
          waiting: null,
        }));
        attempts = 0;
        slowerMs = slowerMs > SLOWER_MS ? slowerMs / 2 : 0;
        continue;
      }
      const { failure } = step;
      const kind = kindOf(failure);
      // People have all turns: that is no failure of AWS, and the sweep has time.
      if (kind === 'busy') {
        progress = await commitStep(lease, context.now(), async () =>
          waitingFor(progress, failure, context.now()),
        );
        continue;
      }
      if (kind === 'throttled') slowerMs = Math.min(SLOWER_MS_MAX, Math.max(SLOWER_MS, slowerMs * 2));
      attempts += 1;
      const counted = countFailure(progress, kind);
      if (kind === 'refused' || attempts === ATTEMPTS_MAX) {
        const isOutage = kind !== 'refused';
        progress = await commitStep(lease, context.now(), async () => giveUp(counted, failure, isOutage));
        attempts = 0;
        continue;
      }
      const waitMs =
        Math.min(BACK_OFF_MS_MAX, BACK_OFF_MS * 2 ** (attempts - 1)) * (0.5 + context.random() / 2);
      const until = new Date(context.now().getTime() + waitMs);
      progress = await commitStep(lease, context.now(), async () => waitingFor(counted, failure, until));
      await context.sleep(waitMs);
      hasWaited = true;
    }
    return 'ended';
  } catch (error) {
    if (error instanceof LeaseLost) return 'left';
    log('error', 'sweep.crashed', { environment: lease.environment, run: lease.id, error: asError(error) });
    return breakOff(context, lease, progress);
  }
}

/** A bug would come again at every attempt; an outage of the database would not, and does not let this be written. */
async function breakOff(
  context: SweepContext,
  lease: Lease,
  progress: SweepProgress,
): Promise<'ended' | 'left'> {
  const bug: Unseen = { part: 'sweep', id: null, reason: 'unexpected', message: '' };
  try {
    await commitStep(lease, context.now(), async () =>
      withUnseen({ ...progress, step: 'end', waiting: null }, bug),
    );
    return 'ended';
  } catch {
    // The run stays as it was after its last step, and is taken over once its lease has ended.
    return 'left';
  }
}

type FailureKind = 'busy' | 'throttled' | 'unanswered' | 'refused';

/** AWS's names for too many calls differ from service to service. */
const THROTTLING = /throttl|too ?many|limit ?exceeded|slow ?down/i;

function kindOf(failure: Failure): FailureKind {
  if (failure.kind === 'busy') return 'busy';
  if (failure.kind === 'aws-unreachable') return 'unanswered';
  if (failure.kind !== 'aws') return 'refused';
  if (THROTTLING.test(failure.name) || failure.status === 429) return 'throttled';
  return failure.status >= 500 ? 'unanswered' : 'refused';
}

function countFailure(progress: SweepProgress, kind: FailureKind): SweepProgress {
  const { counts } = progress;
  const count = kind === 'throttled' ? { throttled: counts.throttled + 1 } : { failed: counts.failed + 1 };
  return { ...progress, counts: { ...counts, ...count } };
}

const waitingFor = (progress: SweepProgress, failure: Failure, until: Date): SweepProgress => ({
  ...progress,
  waiting: { reason: reasonOf(failure), untilIso: until.toISOString() },
});

const reasonOf = (failure: Failure): string => {
  if (failure.kind === 'aws') return failure.name;
  return failure.kind === 'aws-unreachable' ? failure.reason : failure.kind;
};

/**
 * Goes on without what could not be seen.
 *
 * @param isOutage - AWS did not answer at all, so nothing of the rest would be answered either
 */
function giveUp(progress: SweepProgress, failure: Failure, isOutage: boolean): SweepProgress {
  const why = { reason: reasonOf(failure), message: failure.kind === 'aws' ? failure.message : '' };
  const rest = { ...progress, marker: null, caStartedAt: null, isRestarted: false, waiting: null };
  const unseen = (part: Unseen['part'], id: string | null = null): Unseen => ({ part, id, ...why });
  switch (progress.step) {
    case 'cas':
      return withUnseen({ ...rest, step: 'end' }, unseen('cas'));
    case 'certificates': {
      const [caId, ...others] = progress.caIds;
      if (isOutage)
        return withUnseen({ ...rest, step: 'end' }, ...progress.caIds.map((id) => unseen('ca', id)));
      return withUnseen({ ...rest, caIds: others }, unseen('ca', caId ?? null));
    }
    case 'account':
      return withUnseen({ ...rest, caIds: [], step: isOutage ? 'end' : 'details' }, unseen('account'));
    case 'details':
      return withUnseen({ ...rest, step: isOutage ? 'end' : stepAfterDetails(progress) }, unseen('details'));
    case 'index':
    case 'end':
      return withUnseen({ ...rest, step: 'end' }, unseen('index'));
  }
}

const asError = (thrown: unknown) => (thrown instanceof Error ? thrown : new Error('no error was thrown'));
