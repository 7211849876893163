/**
 * Sends what waits, batch by batch, until nothing waits or somebody stops it.
 * @module
 */

import { orNoAnswer } from '@/components/ui/no-answer';
import type { Failure } from '@/lib/failure';
import type { AnyStepReport } from '@/lib/registry/act';
import type { Result } from '@/lib/result';
import type { ActItem, ItemState } from './act-run';

/** What the server answers for one device. */
export type BatchAnswer = {
  resource: string;
  detail: readonly AnyStepReport[] | undefined;
  failure: Failure | undefined;
};

export type SendBatch = (resources: readonly string[]) => Promise<Result<readonly BatchAnswer[], Failure>>;

/** A device that found no turn in the environment's bucket asks again this often before it counts as failed. Our choice. */
const BUSY_ATTEMPTS_MAX = 5;
/** Two runs of two tabs must not ask in lockstep without a pause. */
const BUSY_PAUSE_MS_MIN = 500;

type Settled = Omit<ActItem, 'subject'>;

export type Driving = {
  batchSize: number;
  send: SendBatch;
  /** Hears of every batch that came back. */
  report: (settled: ReadonlyMap<string, Settled>) => void;
  isStopped: () => boolean;
  sleep: (ms: number) => Promise<void>;
};

/** @returns why no further batch was let through; undefined when nothing waits any more, or it was stopped */
export async function drive(
  waiting: readonly string[],
  { batchSize, send, report, isStopped, sleep }: Driving,
): Promise<Failure | undefined> {
  const queue = [...waiting];
  const busyAttempts = new Map<string, number>();
  while (queue.length > 0 && !isStopped()) {
    const batch = queue.splice(0, batchSize);
    // A console that is starting anew: what waits keeps waiting.
    const answer = await orNoAnswer(send(batch));
    if (!answer.ok) return answer.failure;
    const settled = new Map<string, Settled>();
    let pauseMs = 0;
    for (const { resource, detail, failure } of answer.value) {
      const attempts = (busyAttempts.get(resource) ?? 0) + 1;
      if (failure?.kind === 'busy' && attempts < BUSY_ATTEMPTS_MAX) {
        busyAttempts.set(resource, attempts);
        queue.push(resource);
        pauseMs = Math.max(pauseMs, failure.retryAfterMs, BUSY_PAUSE_MS_MIN);
      } else {
        settled.set(resource, { state: stateOf(detail, failure), steps: detail ?? [], failure });
      }
    }
    report(settled);
    if (pauseMs > 0) await sleep(pauseMs);
  }
  return undefined;
}

function stateOf(steps: readonly AnyStepReport[] | undefined, failure: Failure | undefined): ItemState {
  if (failure !== undefined) return 'failed';
  return steps?.some(({ state }) => state === 'done') ? 'done' : 'unchanged';
}
