/**
 * Aggregations of numbers. AWS IoT Developer Guide, "Querying for aggregate data".
 * @module
 */

export type Statistics = {
  count: number;
  average: number;
  sum: number;
  minimum: number;
  maximum: number;
  sumOfSquares: number;
  variance: number;
  stdDeviation: number;
};

/** Undefined for no numbers, and when a figure exceeds the numbers there are. The variance is that of the whole set. */
export function statisticsOf(numbers: readonly number[]): Statistics | undefined {
  const count = numbers.length;
  if (count === 0) return undefined;
  const sum = numbers.reduce((total, number) => total + number, 0);
  const sumOfSquares = numbers.reduce((total, number) => total + number * number, 0);
  if (!Number.isFinite(sumOfSquares)) return undefined;
  const average = sum / count;
  const variance = numbers.reduce((total, number) => total + (number - average) ** 2, 0) / count;
  const minimum = numbers.reduce((least, number) => Math.min(least, number), Infinity);
  const maximum = numbers.reduce((most, number) => Math.max(most, number), -Infinity);
  return { count, average, sum, minimum, maximum, sumOfSquares, variance, stdDeviation: Math.sqrt(variance) };
}

/** The value below which `percent` of the numbers lie, between neighbours in proportion; undefined for no numbers. */
export function percentileOf(sorted: readonly number[], percent: number): number | undefined {
  const rank = ((sorted.length - 1) * percent) / 100;
  const below = sorted[Math.floor(rank)];
  const above = sorted[Math.ceil(rank)];
  if (below === undefined || above === undefined) return undefined;
  return below + (rank - Math.floor(rank)) * (above - below);
}
