import { describe, expect, it } from 'vitest';
import { fail, ok } from '@/lib/result';
import { type PlanStep, runPlan, type StepState } from './plan-step';

const busy = { kind: 'busy', retryAfterMs: 1000 } as const;

/** Three steps; the second fails as often as `failures` says. */
function plan(failures: number) {
  const ran: string[] = [];
  let left = failures;
  const step = (label: string, run: PlanStep['run']): PlanStep => ({
    label,
    change: { kind: 'delete-thing', thingName: label },
    run: () => {
      ran.push(label);
      return run();
    },
  });
  const succeed = async () => ok({ requestId: undefined });
  const flaky = async () => {
    left -= 1;
    return left >= 0 ? fail(busy) : ok({ requestId: undefined });
  };
  return { ran, steps: [step('detach', succeed), step('flaky', flaky), step('delete', succeed)] };
}

describe('runPlan', () => {
  it('does every step in order', async () => {
    const { steps, ran } = plan(0);
    expect(await runPlan(steps, 0, () => undefined)).toBeUndefined();
    expect(ran).toEqual(['detach', 'flaky', 'delete']);
  });

  it('stops at a failure, and goes on from there without doing anything twice', async () => {
    const { steps, ran } = plan(1);
    const states: StepState[] = ['waiting', 'waiting', 'waiting'];
    const report = (index: number, state: StepState) => {
      states[index] = state;
    };
    expect(await runPlan(steps, 0, report)).toBe(busy);
    expect(states).toEqual(['done', 'failed', 'waiting']);
    expect(await runPlan(steps, states.filter((state) => state === 'done').length, report)).toBeUndefined();
    expect(ran).toEqual(['detach', 'flaky', 'flaky', 'delete']);
    expect(states).toEqual(['done', 'done', 'done']);
  });
});
