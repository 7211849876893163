import type { RegionState } from '@/lib/sandbox/state/region-state';

/** Where the REST border keeps the JSON of an output that is answered again and again; not a member of the model. */
export const KEPT_TEXT = Symbol('kept text');

export type KeptText = { [KEPT_TEXT]: string | undefined };

/**
 * Makes what an operation says of a row once and keeps it as long as the row lives: rows are never changed, only
 * replaced. Its JSON is kept with it.
 *
 * For lists, which say the same of thousands of rows again and again.
 */
export function keptOutput<Row extends object, Output extends object>(
  make: (row: Row, region: RegionState) => Output,
): (row: Row, region: RegionState) => Output {
  const kept = new WeakMap<Row, Output & KeptText>();
  return (row, region) => {
    const known = kept.get(row);
    if (known !== undefined) return known;
    const output = { ...make(row, region), [KEPT_TEXT]: undefined };
    kept.set(row, output);
    return output;
  };
}

export const isKept = (value: unknown): value is KeptText =>
  typeof value === 'object' && value !== null && KEPT_TEXT in value;
