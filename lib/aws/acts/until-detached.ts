/**
 * AWS detaches asynchronously: for some seconds after the last detach a deletion may still be refused. API Reference,
 * DetachThingPrincipal ("This call is asynchronous. It might take several seconds for the detachment to propagate").
 * @module
 */
import 'server-only';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Failure } from '@/lib/failure';
import type { StepsRun } from './run-steps';

/** Pauses before each further attempt: seven seconds in all, which a batch of a few devices can wait. Our choice. */
const PAUSES_MS = [1000, 2000, 4000] as const;

/**
 * Makes and runs a plan, and again from the beginning while AWS says that something is still attached: each round reads anew, so
 * that what was attached in between is detached as well.
 */
export async function untilDetached(round: () => Promise<StepsRun>): Promise<StepsRun> {
  let last = await round();
  for (const pauseMs of PAUSES_MS) {
    if (last.result.ok || !isStillAttached(last.result.failure)) return last;
    await sleep(pauseMs);
    const next = await round();
    // The deletion that failed is told by the round that follows.
    const before = last.steps.filter(({ state }) => state !== 'failed');
    last = { ...next, steps: [...before, ...next.steps], requestId: next.requestId ?? last.requestId };
  }
  return last;
}

/** DeleteConflictException of a certificate; of a thing it is InvalidRequestException with a text (400). */
function isStillAttached(failure: Failure): boolean {
  if (failure.kind !== 'aws') return false;
  if (failure.name === 'DeleteConflictException') return true;
  return failure.operation === 'DeleteThing' && failure.name === 'InvalidRequestException';
}
