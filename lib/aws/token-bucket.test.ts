import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fullBucket, type TokenBucket, takeToken } from './token-bucket';

const rate = { perSecond: 10, burst: 10 };

/** Takes at the given moments, in order, and lists when each caller may act; undefined for a refusal. */
function actMoments(takesAtMs: number[], waitMsMax: number): (number | undefined)[] {
  let bucket: TokenBucket = fullBucket(rate, 0);
  return takesAtMs.map((atMs) => {
    const take = takeToken(bucket, rate, atMs, waitMsMax);
    bucket = take.bucket;
    return take.kind === 'taken' ? atMs + take.waitMs : undefined;
  });
}

describe('takeToken', () => {
  it('lets a burst through at once and queues what follows, one per tenth of a second', () => {
    expect(actMoments(Array<number>(13).fill(0), 10_000)).toEqual([
      ...Array<number>(10).fill(0),
      100,
      200,
      300,
    ]);
  });

  it('refuses who would wait too long, and says after how long a place is free', () => {
    const empty = { tokens: -4, atMs: 0 };
    expect(takeToken(empty, rate, 0, 400)).toEqual({
      kind: 'refused',
      bucket: empty,
      retryAfterMs: 100,
    });
    expect(takeToken(empty, rate, 100, 400)).toMatchObject({ kind: 'taken', waitMs: 400 });
  });

  it('gives no more than the burst after a long rest', () => {
    expect(takeToken({ tokens: 0, atMs: 0 }, rate, 3_600_000, 0)).toMatchObject({
      bucket: { tokens: 9 },
    });
  });

  it('never lets more act in any second than burst and rate allow', () => {
    const takes = fc.array(fc.nat({ max: 300 }), { maxLength: 80 });
    fc.assert(
      fc.property(takes, fc.nat({ max: 5000 }), (gapsMs, waitMsMax) => {
        let nowMs = 0;
        const moments = actMoments(
          gapsMs.map((gapMs) => {
            nowMs += gapMs;
            return nowMs;
          }),
          waitMsMax,
        ).filter((moment) => moment !== undefined);
        for (const from of moments) {
          const within = moments.filter((moment) => moment >= from && moment < from + 1000).length;
          expect(within).toBeLessThanOrEqual(rate.burst + rate.perSecond);
        }
      }),
    );
  });

  it('never makes a taker wait longer than it said it would', () => {
    fc.assert(
      fc.property(fc.integer({ min: -500, max: 10 }), fc.nat({ max: 20_000 }), (tokens, waitMsMax) => {
        const take = takeToken({ tokens, atMs: 0 }, rate, 0, waitMsMax);
        if (take.kind === 'taken') expect(take.waitMs).toBeLessThanOrEqual(waitMsMax);
        else expect(take.retryAfterMs).toBeGreaterThan(0);
      }),
    );
  });
});
