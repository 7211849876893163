import { describe, expect, it } from 'vitest';
import { behaviour } from '@/lib/sandbox/testing/behaviour';
import { RequestRates } from './request-rates';

/** How many of `calls` at one time are let through. */
function through(
  rates: RequestRates,
  call: { operation: string; now: number; caller?: string },
  calls = 1000,
) {
  const { caller = '123456789012 us-east-1', ...rest } = call;
  let count = 0;
  for (let index = 0; index < calls; index += 1) {
    try {
      rates.take(caller, rest);
      count += 1;
    } catch {
      // Counted by its absence.
    }
  }
  return count;
}

describe('RequestRates', () => {
  behaviour(
    'Each operation has its own rate: 350 a second for DescribeThing, 100 for CreateThing, 60, 50, 25 or 15 for others, 10 for most',
    { known: 'documented', source: 'AWS IoT Core quotas, API throttling limits' },
    () => {
      const expected: [operation: string, perSecond: number][] = [
        ['DescribeThing', 350],
        ['CreateThing', 100],
        ['DescribeThingGroup', 100],
        ['AddThingToThingGroup', 60],
        ['GetEffectivePolicies', 50],
        ['ListThingsInThingGroup', 25],
        ['AttachPolicy', 15],
        ['ListThings', 10],
        ['RegisterCertificate', 10],
      ];
      for (const [operation, perSecond] of expected) {
        const rates = new RequestRates();
        expect(through(rates, { operation, now: 0 }), operation).toBe(perSecond);
        expect(through(rates, { operation, now: 500 }), operation).toBe(Math.floor(perSecond / 2));
        expect(through(rates, { operation, now: 60_000 }), operation).toBe(perSecond);
      }
    },
  );

  behaviour(
    'Calls are counted apart by operation, Region and account',
    { known: 'documented', source: 'AWS IoT Core quotas, API throttling limits' },
    () => {
      const rates = new RequestRates();
      expect(through(rates, { operation: 'ListThings', now: 0 })).toBe(10);
      expect(through(rates, { operation: 'ListPolicies', now: 0 })).toBe(10);
      expect(through(rates, { operation: 'ListThings', now: 0, caller: '123456789012 eu-west-1' })).toBe(10);
    },
  );

  it('holds no bucket that is full again, however many callers come', () => {
    const rates = new RequestRates();
    let most = 0;
    // A thousand new callers a second, for a minute.
    for (let now = 0; now < 60_000; now += 1) {
      rates.take(`${now} us-east-1`, { operation: 'ListThings', now });
      most = Math.max(most, rates.size);
    }
    expect(most).toBeLessThanOrEqual(2000);
    rates.take('last us-east-1', { operation: 'ListThings', now: 70_000 });
    expect(rates.size).toBe(1);
  });

  it('keeps a bucket that is not full yet through the sweep of others', () => {
    const rates = new RequestRates();
    rates.take('other', { operation: 'ListThings', now: 0 });
    expect(through(rates, { operation: 'ListThings', now: 900 })).toBe(10);
    rates.take('other', { operation: 'ListThings', now: 1000 });
    expect(through(rates, { operation: 'ListThings', now: 1000 })).toBe(1);
  });

  it('drops buckets of a later time when the clock is set back', () => {
    const rates = new RequestRates();
    for (const caller of ['a', 'b', 'c']) rates.take(caller, { operation: 'ListThings', now: 100_000 });
    rates.take('d', { operation: 'ListThings', now: 0 });
    rates.take('d', { operation: 'ListThings', now: 1000 });
    expect(rates.size).toBe(1);
  });

  it('neither gives nor takes when the clock is set back', () => {
    const rates = new RequestRates();
    expect(through(rates, { operation: 'ListThings', now: 10_000 }, 5)).toBe(5);
    expect(through(rates, { operation: 'ListThings', now: 0 })).toBe(5);
  });
});
