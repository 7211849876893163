/**
 * The environment's token bucket, with a real clock around it. Lists, ladders and single acts share one.
 * @module
 */
import 'server-only';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Failure } from '@/lib/failure';
import { fail, ok, type Result } from '@/lib/result';
import { fullBucket, takeToken } from './token-bucket';

/** A person in front of a page waits no longer than this for a call to begin; our choice. */
export const WAIT_MS_MAX = 10_000;

export type Throttle = {
  /** Resolves when the caller may make one call, or at once with `busy` when the queue is longer than `waitMsMax`. */
  turn(waitMsMax: number): Promise<Result<undefined, Failure>>;
};

export function createThrottle(callsPerSecond: number, nowMs: () => number): Throttle {
  const rate = { perSecond: callsPerSecond, burst: Math.max(1, callsPerSecond) };
  let bucket = fullBucket(rate, nowMs());
  return {
    async turn(waitMsMax) {
      const take = takeToken(bucket, rate, nowMs(), waitMsMax);
      bucket = take.bucket;
      if (take.kind === 'refused') return fail({ kind: 'busy', retryAfterMs: take.retryAfterMs });
      if (take.waitMs > 0) await sleep(take.waitMs);
      return ok(undefined);
    },
  };
}
