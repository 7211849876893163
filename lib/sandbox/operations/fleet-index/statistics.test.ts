import { expect, it } from 'vitest';
import { behaviour } from '@/lib/sandbox/testing/behaviour';
import { percentileOf, statisticsOf } from './statistics';

behaviour(
  'GetStatistics computes the variance of the whole set, as in the example of the guide',
  { known: 'documented', source: 'guide, "Querying for aggregate data"' },
  () => {
    expect(statisticsOf([-125, 75, 150])).toEqual({
      count: 3,
      average: 33.333333333333336,
      sum: 100,
      minimum: -125,
      maximum: 150,
      sumOfSquares: 43750,
      variance: expect.closeTo(13472.222222, 5),
      stdDeviation: expect.closeTo(116.069902, 5),
    });
  },
);

behaviour(
  'GetPercentiles goes between neighbouring values in proportion, as in the example of the guide',
  { known: 'documented', source: 'guide, "Querying for aggregate data"' },
  () => {
    const values = [1, 1, 1, 2, 2, 2, 3, 3, 3];
    const percents = [10, 20, 30, 40, 50, 60, 70, 80, 90, 99];
    const expected = [1, 1, 1.4, 2, 2, 2, 2.6, 3, 3, 3];
    expect(percents.map((percent) => percentileOf(values, percent))).toEqual(
      expected.map((value) => expect.closeTo(value, 9)),
    );
  },
);

it('gives nothing for no numbers, and for more than a number can hold', () => {
  expect(statisticsOf([])).toBeUndefined();
  expect(statisticsOf([1e200, 1e200])).toBeUndefined();
  expect(percentileOf([], 50)).toBeUndefined();
  expect(percentileOf([7], 50)).toBe(7);
});
