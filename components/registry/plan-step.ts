/**
 * A deletion as a list of acts: what hangs on the resource goes first, and nothing is done twice.
 * @module
 */

import { orNoAnswer } from '@/components/ui/no-answer';
import type { Failure } from '@/lib/failure';
import type { AwsChange } from '@/lib/registry/cli';
import type { Receipt } from '@/lib/registry/receipt';
import type { Result } from '@/lib/result';

export type PlanStep = {
  /** What is done, as a line of the list; also the React key. */
  label: string;
  change: AwsChange;
  run: () => Promise<Result<Receipt, Failure>>;
};

export type StepState = 'waiting' | 'running' | 'done' | 'failed';

/**
 * Runs what is not done yet, in order, and stops at the first failure.
 *
 * @param done - how many steps from the beginning are done already
 * @param report - hears of every change of a step's state
 * @returns the failure it stopped at
 */
export async function runPlan(
  steps: readonly PlanStep[],
  done: number,
  report: (index: number, state: StepState) => void,
): Promise<Failure | undefined> {
  for (const [offset, step] of steps.slice(done).entries()) {
    const index = done + offset;
    report(index, 'running');
    const result = await orNoAnswer(step.run());
    report(index, result.ok ? 'done' : 'failed');
    if (!result.ok) return result.failure;
  }
  return undefined;
}
