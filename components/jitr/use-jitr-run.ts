'use client';

import { useState } from 'react';
import type { Failure } from '@/lib/failure';
import type { JitrCall } from '@/lib/provisioning/jitr/calls';
import type { Result } from '@/lib/result';
import type { CallOutcome } from './jitr-port';

export type CallState = 'waiting' | 'running' | 'failed' | CallOutcome['kind'];
/** What was answered and still is no success. */
export type RunObstacle = Extract<CallOutcome, { kind: 'not-ours' | 'plan-changed' }> | { kind: 'no-answer' };

export type JitrRun = {
  stateOf: (index: number) => CallState;
  obstacle: RunObstacle | undefined;
  hasBegun: boolean;
  /**
   * Makes one call after the other until one fails. Begins with the first: what was reached before is found, not repeated.
   *
   * @returns what went wrong: a failure, `obstacle`, or undefined
   */
  start(): Promise<Failure | 'obstacle' | undefined>;
};

export function useJitrRun(
  calls: readonly JitrCall[],
  perform: (call: JitrCall) => Promise<Result<CallOutcome, Failure>>,
): JitrRun {
  const [states, setStates] = useState<Readonly<Record<number, CallState>>>({});
  const [obstacle, setObstacle] = useState<RunObstacle | undefined>(undefined);
  const [hasBegun, setBegun] = useState(false);
  const turn = (index: number, state: CallState) => setStates((now) => ({ ...now, [index]: state }));

  async function start() {
    setBegun(true);
    setStates({});
    setObstacle(undefined);
    for (const [index, call] of calls.entries()) {
      turn(index, 'running');
      const answer = await perform(call).catch(() => undefined);
      if (answer === undefined) {
        turn(index, 'failed');
        setObstacle({ kind: 'no-answer' });
        return 'obstacle' as const;
      }
      if (!answer.ok) {
        turn(index, 'failed');
        return answer.failure;
      }
      const outcome = answer.value;
      turn(index, outcome.kind);
      if (outcome.kind === 'not-ours' || outcome.kind === 'plan-changed') {
        setObstacle(outcome);
        return 'obstacle' as const;
      }
    }
    return undefined;
  }

  return { stateOf: (index) => states[index] ?? 'waiting', obstacle, hasBegun, start };
}
