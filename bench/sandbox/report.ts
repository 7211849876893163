import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

export type Row = {
  name: string;
  unit: string;
  sandbox: number;
  floor: number;
  /** Median of the rounds' ratios. */
  ratio: number;
  /** The least that the ratio should be. */
  goal: number | undefined;
  p99Ms?: number;
};

export type Limit = { name: string; unit: string; value: number | undefined; atMost: number };

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}

type Numbers = { rows: readonly Row[]; limits: readonly Limit[] };

/** Prints a table and keeps the numbers; a goal that was missed, when goals are judged, becomes the exit code of the process. */
export function report(
  directory: string,
  { rows, limits, areGoalsJudged }: Numbers & { areGoalsJudged: boolean },
) {
  const number = (value: number) =>
    value.toLocaleString('en', { maximumFractionDigits: value < 100 ? 1 : 0 });
  console.table(
    Object.fromEntries(
      rows.map(({ name, unit, sandbox, floor, ratio, goal, p99Ms }) => [
        name,
        {
          sandbox: number(sandbox),
          floor: number(floor),
          unit,
          'of the floor': `${(ratio * 100).toFixed(0)} %`,
          goal: goal === undefined ? '' : `${goal * 100} %`,
          'p99 ms': p99Ms === undefined ? '' : p99Ms.toFixed(1),
          met: goal === undefined ? '' : ratio >= goal ? 'yes' : 'NO',
        },
      ]),
    ),
  );
  console.table(
    Object.fromEntries(
      limits.map(({ name, unit, value, atMost }) => [
        name,
        {
          measured: value === undefined ? 'not on this system' : `${number(value)} ${unit}`,
          'at most': `${atMost.toLocaleString('en')} ${unit}`,
          met: value === undefined ? '' : value <= atMost ? 'yes' : 'NO',
        },
      ]),
    ),
  );
  const isMissed =
    rows.some(({ ratio, goal }) => goal !== undefined && ratio < goal) ||
    limits.some(({ value, atMost }) => value !== undefined && value > atMost);
  if (isMissed && areGoalsJudged) process.exitCode = 1;
  const file = path.join(directory, 'sandbox.json');
  mkdirSync(directory, { recursive: true });
  writeFileSync(file, `${JSON.stringify({ rows, limits }, null, 2)}\n`);
  console.log(`The numbers are in ${file}.`);
}
