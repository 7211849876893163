/**
 * A token bucket with a queue: who comes while it is empty learns how long to wait, or that the wait is too long.
 * The rate stands for AWS IoT's quotas: most control-plane operations allow 10 calls a second per account and Region
 * (AWS IoT Core endpoints and quotas).
 * @module
 */

/** `tokens` may be negative: that many calls have already been promised a place in the queue. */
export type TokenBucket = { readonly tokens: number; readonly atMs: number };

export type TokenRate = {
  /** Tokens that come back per second. */
  perSecond: number;
  /** The most that can be saved up, and so the largest burst. */
  burst: number;
};

export type Take =
  | { kind: 'taken'; bucket: TokenBucket; waitMs: number }
  | { kind: 'refused'; bucket: TokenBucket; retryAfterMs: number };

export const fullBucket = (rate: TokenRate, nowMs: number): TokenBucket => ({
  tokens: rate.burst,
  atMs: nowMs,
});

/**
 * Takes one token, now or in at most `waitMsMax` milliseconds.
 *
 * @param nowMs - a clock that never runs backwards
 * @returns the new bucket, and how long the caller has to wait before it may act; or, when that were longer than
 *   `waitMsMax`, the bucket without a place for the caller and the time after which one would be free
 */
export function takeToken(bucket: TokenBucket, rate: TokenRate, nowMs: number, waitMsMax: number): Take {
  const back = ((nowMs - bucket.atMs) / 1000) * rate.perSecond;
  const tokens = Math.min(rate.burst, bucket.tokens + back);
  const waitMs = Math.max(0, Math.ceil(((1 - tokens) / rate.perSecond) * 1000));
  if (waitMs > waitMsMax) {
    return { kind: 'refused', bucket: { tokens, atMs: nowMs }, retryAfterMs: waitMs - waitMsMax };
  }
  return { kind: 'taken', bucket: { tokens: tokens - 1, atMs: nowMs }, waitMs };
}

/**
 * Takes one token only where half of the burst stays saved up for others: work that nobody waits for never makes a queue.
 *
 * @returns as {@link takeToken}, with the time after which asking again may be worth it
 */
export function takeSpareToken(bucket: TokenBucket, rate: TokenRate, nowMs: number): Take {
  // Of a burst of one there is no half: then it is enough that nobody waits.
  const reserve = Math.min(rate.burst / 2, rate.burst - 1);
  const take = takeToken(
    { ...bucket, tokens: bucket.tokens - reserve },
    { ...rate, burst: rate.burst - reserve },
    nowMs,
    0,
  );
  return { ...take, bucket: { ...take.bucket, tokens: take.bucket.tokens + reserve } };
}
