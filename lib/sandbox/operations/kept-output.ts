import type { RegionState } from '@/lib/sandbox/state/region-state';

/**
 * Makes what an operation says of a row once and keeps it as long as the row lives: rows are never changed, only
 * replaced. It comes frozen, by which the REST border knows that its JSON can be kept as well.
 *
 * For lists, which say the same of thousands of rows again and again.
 */
export function keptOutput<Row extends object, Output extends object>(
  make: (row: Row, region: RegionState) => Output,
): (row: Row, region: RegionState) => Output {
  const kept = new WeakMap<Row, Output>();
  return (row, region) => {
    const known = kept.get(row);
    if (known !== undefined) return known;
    const output = Object.freeze(make(row, region));
    kept.set(row, output);
    return output;
  };
}
