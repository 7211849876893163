import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { niceMaximum } from './nice-maximum';

describe('the top of an axis', () => {
  it('holds the highest bar, wastes little, and has a whole middle', () => {
    fc.assert(
      fc.property(fc.nat({ max: 2_000_000 }), (most) => {
        const maximum = niceMaximum(most);
        expect(maximum).toBeGreaterThanOrEqual(most);
        expect(maximum % 2).toBe(0);
        if (most > 2) expect(maximum).toBeLessThanOrEqual(2 * most);
      }),
    );
  });

  it.each([
    [0, 2],
    [1, 2],
    [3, 4],
    [10, 10],
    [11, 20],
    [2600, 4000],
  ])('for %i is %i', (most, maximum) => {
    expect(niceMaximum(most)).toBe(maximum);
  });
});
