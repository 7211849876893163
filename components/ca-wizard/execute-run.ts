import type { Result } from '@/lib/result';
import {
  type CallId,
  nextCall,
  type Obstacle,
  type Outcome,
  type Run,
  withOutcome,
  withStatus,
} from './run-plan';

/**
 * Makes one call after the other until all are done or one fails.
 *
 * @param show - told of every change
 */
export async function executeRun(
  run: Run,
  perform: (id: CallId) => Promise<Result<Outcome, Obstacle>>,
  show: (run: Run) => void,
): Promise<Run> {
  let current = run;
  const turn = (next: Run) => {
    current = next;
    show(current);
  };
  for (let id = nextCall(current); id !== undefined; id = nextCall(current)) {
    turn(withStatus(current, id, { state: 'running' }));
    const performed = await perform(id);
    turn(
      performed.ok
        ? withOutcome(current, id, performed.value)
        : withStatus(current, id, { state: 'failed', obstacle: performed.failure }),
    );
  }
  return current;
}
