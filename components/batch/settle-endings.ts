/**
 * Ends what was ended and interrupted: batches whose delivery the server was about to be told, and batches whose end it noted and did
 * not finish. Repeating it is harmless.
 * @module
 */

import { orNoAnswer } from '@/components/ui/no-answer';
import type { PkiClient } from '@/lib/browser/pki-client';
import { orStopped } from '@/lib/browser/worker-stopped';
import type { Failure } from '@/lib/failure';
import type { Result } from '@/lib/result';
import type { ToldEnding } from './told-endings';
import type { BatchActions } from './use-batch-run';

export type InterruptedEnding = { batch: string; manifestSha256: string | undefined };

export type EndingActions = {
  confirm: BatchActions['confirm'];
  finish(input: { environment: string; batch: string }): Promise<Result<undefined, Failure>>;
};

type OpenBatches = { own: readonly string[]; noted: readonly string[] };

/** What this browser was about to tell of batches that are the operator's own and still open, and what the server noted. */
export function interruptedEndings(
  environment: string,
  open: OpenBatches,
  told: readonly ToldEnding[],
): InterruptedEnding[] {
  return [
    ...open.noted.map((batch) => ({ batch, manifestSha256: undefined })),
    ...ofOpen(environment, open, told).filter(({ isSaid }) => isSaid),
  ];
}

/** Archives that were handed to this browser, of which only the person can say whether they are there. */
export const archivesHandedOut = (environment: string, open: OpenBatches, told: readonly ToldEnding[]) =>
  ofOpen(environment, open, told).filter(({ isSaid }) => !isSaid);

const ofOpen = (environment: string, { own, noted }: OpenBatches, told: readonly ToldEnding[]) =>
  told.filter(
    ({ environment: place, batch }) => place === environment && own.includes(batch) && !noted.includes(batch),
  );

export type Settled = {
  ended: string[];
  left: { ending: InterruptedEnding; failure: Failure }[];
  kept: string[];
  /** Rows of devices that were made twice. */
  madeAnew: number;
};

/**
 * What is ended is forgotten in this browser; what is not ended stays as it was.
 *
 * @returns `kept`: ended, and this browser could not delete its copy
 */
export async function settleEndings(
  environment: string,
  endings: readonly InterruptedEnding[],
  { confirm, finish }: EndingActions,
  pki: Pick<PkiClient, 'call'>,
): Promise<Settled> {
  const settled: Settled = { ended: [], left: [], kept: [], madeAnew: 0 };
  for (const ending of endings) {
    const { batch, manifestSha256 } = ending;
    const answer = await orNoAnswer(
      manifestSha256 === undefined
        ? finish({ environment, batch })
        : confirm({ environment, batch, manifestSha256 }),
    );
    if (!answer.ok) {
      settled.left.push({ ending, failure: answer.failure });
      continue;
    }
    settled.ended.push(batch);
    settled.madeAnew += answer.value?.madeAnew ?? 0;
    const forgotten = await orStopped(pki.call('forgetBatch', { batch }));
    if (!forgotten.ok) settled.kept.push(batch);
  }
  return settled;
}
