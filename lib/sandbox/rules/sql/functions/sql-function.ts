import type { SqlEnvironment } from '@/lib/sandbox/rules/sql/environment';
import type { SqlValue } from '@/lib/sandbox/rules/sql/value';

/** A function of rule SQL. Called with the wrong number or types of arguments it is Undefined, as the guide says. */
export type SqlFunction = {
  min: number;
  max: number;
  since: '2015-10-08' | '2016-03-23';
  run(args: readonly SqlValue[], environment: SqlEnvironment): SqlValue;
};

type Run = SqlFunction['run'];

export const always = (min: number, max: number, run: Run): SqlFunction => ({
  min,
  max,
  since: '2015-10-08',
  run,
});

export const newer = (min: number, max: number, run: Run): SqlFunction => ({
  min,
  max,
  since: '2016-03-23',
  run,
});
