import { describe, expect, it } from 'vitest';
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
  it.each([
    ['DescribeThing', 350],
    ['CreateThing', 100],
    ['AddThingToThingGroup', 60],
    ['GetEffectivePolicies', 50],
    ['ListThingsInThingGroup', 25],
    ['AttachPolicy', 15],
    ['ListThings', 10],
    ['LookupEvents', 2],
  ])('lets %s through %i times a second', (operation, perSecond) => {
    const rates = new RequestRates();
    expect(through(rates, { operation, now: 0 })).toBe(perSecond);
    expect(through(rates, { operation, now: 500 })).toBe(Math.floor(perSecond / 2));
    expect(through(rates, { operation, now: 60_000 })).toBe(perSecond);
  });

  it('counts operations, Regions and accounts apart', () => {
    const rates = new RequestRates();
    expect(through(rates, { operation: 'ListThings', now: 0 })).toBe(10);
    expect(through(rates, { operation: 'ListPolicies', now: 0 })).toBe(10);
    expect(through(rates, { operation: 'ListThings', now: 0, caller: '123456789012 eu-west-1' })).toBe(10);
  });

  it('neither gives nor takes when the clock is set back', () => {
    const rates = new RequestRates();
    expect(through(rates, { operation: 'ListThings', now: 10_000 }, 5)).toBe(5);
    expect(through(rates, { operation: 'ListThings', now: 0 })).toBe(5);
  });
});
