import { describe, expect, it } from 'vitest';
import { RateBuckets } from './rate-buckets';

/** How many of `takes` at one time succeed. */
function through(
  buckets: RateBuckets,
  { key = 'account', perSecond = 10, now }: { key?: string; perSecond?: number; now: number },
  takes = 1000,
): number {
  let count = 0;
  for (let index = 0; index < takes; index += 1) count += buckets.take(key, { perSecond, now }) ? 1 : 0;
  return count;
}
const once = (buckets: RateBuckets, key: string, now: number) => buckets.take(key, { perSecond: 10, now });

describe('RateBuckets', () => {
  it('let as many through at once as a second allows, and then as many as time brings', () => {
    for (const perSecond of [1, 2, 10, 350]) {
      const buckets = new RateBuckets();
      expect(through(buckets, { perSecond, now: 0 })).toBe(perSecond);
      expect(through(buckets, { perSecond, now: 500 })).toBe(Math.floor(perSecond / 2));
      expect(through(buckets, { perSecond, now: 60_000 })).toBe(perSecond);
    }
  });

  it('hold no bucket that is full again, however many callers come', () => {
    const buckets = new RateBuckets();
    let most = 0;
    // A thousand new callers a second, for a minute.
    for (let now = 0; now < 60_000; now += 1) {
      once(buckets, `${now}`, now);
      most = Math.max(most, buckets.size);
    }
    expect(most).toBeLessThanOrEqual(2000);
    once(buckets, 'last', 70_000);
    expect(buckets.size).toBe(1);
  });

  it('keep a bucket that is not full yet through the sweep of others', () => {
    const buckets = new RateBuckets();
    once(buckets, 'other', 0);
    expect(through(buckets, { now: 900 })).toBe(10);
    once(buckets, 'other', 1000);
    expect(through(buckets, { now: 1000 })).toBe(1);
  });

  it('drop buckets of a later time when the clock is set back', () => {
    const buckets = new RateBuckets();
    for (const key of ['a', 'b', 'c']) once(buckets, key, 100_000);
    once(buckets, 'd', 0);
    once(buckets, 'd', 1000);
    expect(buckets.size).toBe(1);
  });

  it('neither give nor take when the clock is set back', () => {
    const buckets = new RateBuckets();
    expect(through(buckets, { now: 10_000 }, 5)).toBe(5);
    expect(through(buckets, { now: 0 })).toBe(5);
  });
});
