import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fullBucket, type TokenBucket, takeSpareToken, takeToken } from './token-bucket';

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

describe('takeSpareToken', () => {
  it('leaves half of the burst to people, whenever and however often it is asked for', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 200 }), { maxLength: 80 }), (gapsMs) => {
        let bucket = fullBucket(rate, 0);
        let nowMs = 0;
        for (const gapMs of gapsMs) {
          nowMs += gapMs;
          bucket = takeSpareToken(bucket, rate, nowMs).bucket;
        }
        for (let person = 0; person < rate.burst / 2; person += 1) {
          const take = takeToken(bucket, rate, nowMs, 10_000);
          bucket = take.bucket;
          expect(take).toMatchObject({ kind: 'taken', waitMs: 0 });
        }
      }),
    );
  });

  it('comes to its turn once people leave one, and where the rate is too low for a half', () => {
    const asked = takeSpareToken({ tokens: -4, atMs: 0 }, rate, 0);
    expect(asked).toMatchObject({ kind: 'refused', bucket: { tokens: -4 }, retryAfterMs: 1000 });
    expect(takeSpareToken(asked.bucket, rate, 1000)).toMatchObject({ kind: 'taken', bucket: { tokens: 5 } });
    const slow = { perSecond: 0.1, burst: 1 };
    expect(takeSpareToken(fullBucket(slow, 0), slow, 0)).toMatchObject({ kind: 'taken' });
  });
});
