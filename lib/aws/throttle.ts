/**
 * The environment's token bucket, with a real clock around it. Lists, ladders and single acts share one.
 * @module
 */
import 'server-only';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Failure } from '@/lib/failure';
import { fail, ok, type Result } from '@/lib/result';
import { fullBucket, takeSpareToken, takeToken } from './token-bucket';

/** A person in front of a page waits no longer than this for a call to begin; our choice. */
export const WAIT_MS_MAX = 10_000;

/** Work in the background takes at most every second turn: the account's quota belongs to other programs too. Our choice. */
const SPARE_SHARE = 0.5;

export type Throttle = {
  /** Resolves when the caller may make one call, or at once with `busy` when the queue is longer than `waitMsMax`. */
  turn(waitMsMax: number): Promise<Result<undefined, Failure>>;
  /** For work that nobody waits for: resolves when a turn is to spare, or with `busy` when none was for `waitMsMax`. */
  spareTurn(waitMsMax: number): Promise<Result<undefined, Failure>>;
};

export function createThrottle(callsPerSecond: number, nowMs: () => number): Throttle {
  const rate = { perSecond: callsPerSecond, burst: Math.max(1, callsPerSecond) };
  let bucket = fullBucket(rate, nowMs());
  let spareFromMs = nowMs();
  return {
    async turn(waitMsMax) {
      const take = takeToken(bucket, rate, nowMs(), waitMsMax);
      bucket = take.bucket;
      if (take.kind === 'refused') return fail({ kind: 'busy', retryAfterMs: take.retryAfterMs });
      if (take.waitMs > 0) await sleep(take.waitMs);
      return ok(undefined);
    },
    async spareTurn(waitMsMax) {
      const untilMs = nowMs() + waitMsMax;
      for (;;) {
        const now = nowMs();
        let waitMs = spareFromMs - now;
        if (waitMs <= 0) {
          const take = takeSpareToken(bucket, rate, now);
          bucket = take.bucket;
          if (take.kind === 'taken') {
            spareFromMs = now + 1000 / (callsPerSecond * SPARE_SHARE);
            return ok(undefined);
          }
          waitMs = take.retryAfterMs;
        }
        if (now + waitMs > untilMs) return fail({ kind: 'busy', retryAfterMs: Math.ceil(waitMs) });
        await sleep(Math.ceil(waitMs));
      }
    },
  };
}

/** The same bucket for work in the background. */
export const spareThrottle = (throttle: Throttle): Throttle => ({ ...throttle, turn: throttle.spareTurn });
