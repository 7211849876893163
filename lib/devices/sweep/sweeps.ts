/**
 * Starting sweeps and taking them over, in this process.
 * @module
 */
import 'server-only';
import { iotInBackground } from '@/lib/aws/iot-gateway';
import type { Environment } from '@/lib/config/environments';
import type { Failure } from '@/lib/failure';
import type { SweepScope } from '@/lib/ledger/sweep-progress';
import { beginSweep, type SweepRun, takeOverSweep } from '@/lib/ledger/sweep-runs';
import { fail, ok, type Result } from '@/lib/result';
import { runSweep } from './run-sweep';

type Sweeps = {
  /** This process, among those that may work on the same database. */
  holder: string;
  /** By environment: what this process works on. */
  active: Map<string, Promise<unknown>>;
};

declare global {
  // Next may load a module once per bundle; the process is one.
  var jitpConsoleSweeps: Sweeps | undefined;
}

function sweeps(): Sweeps {
  globalThis.jitpConsoleSweeps ??= { holder: crypto.randomUUID(), active: new Map() };
  return globalThis.jitpConsoleSweeps;
}

/**
 * Starts one and answers at once.
 *
 * @param startedBy - undefined: the schedule
 * @returns `conflict` (reason `sweep-running`) when one runs already, here or in another process
 */
export async function startSweep(
  environment: Environment,
  { scope, startedBy }: { scope: SweepScope; startedBy: { id: string; name: string } | undefined },
  now: Date,
): Promise<Result<SweepRun, Failure>> {
  const { holder } = sweeps();
  const id = crypto.randomUUID();
  const run = await beginSweep({ environment: environment.id, id, holder, scope, startedBy }, now);
  if (run === undefined) return fail({ kind: 'conflict', reason: 'sweep-running' });
  workOn(environment, run);
  return ok(run);
}

/** Goes on with a run whose process ended. @returns whether this process works on one now */
export async function resumeSweep(
  environment: Environment,
  { now, isAlone }: { now: Date; isAlone: boolean },
): Promise<boolean> {
  const { holder, active } = sweeps();
  if (active.has(environment.id)) return true;
  const run = await takeOverSweep(environment.id, holder, { now, isAlone });
  if (run !== undefined) workOn(environment, run);
  return run !== undefined;
}

function workOn(environment: Environment, { id, progress }: SweepRun): void {
  const { holder, active } = sweeps();
  const context = {
    environment: environment.id,
    iot: iotInBackground(environment),
    now: () => new Date(),
    sleep: (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms)),
    random: Math.random,
  };
  const work = runSweep(context, { environment: environment.id, id, holder }, progress).finally(() => {
    // One that was cancelled ends late, when the next one may be at work already.
    if (active.get(environment.id) === work) active.delete(environment.id);
  });
  active.set(environment.id, work);
}
