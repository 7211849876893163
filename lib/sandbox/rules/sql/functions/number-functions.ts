/**
 * Functions over numbers. AWS IoT Core Developer Guide, "Functions": strings that look like a Decimal are taken as one, other types
 * make the result Undefined, and so do results that are no real number.
 * @module
 */
import { toDecimal, toInt } from '@/lib/sandbox/rules/sql/convert';
import type { SqlValue } from '@/lib/sandbox/rules/sql/value';
import { always, newer, type SqlFunction } from './sql-function';

/** Decimal places that `trunc` keeps at most. */
const PLACES_MAX = 34;

const real = (value: number) => (Number.isFinite(value) ? value + 0 : undefined);

const ofOne = (calculate: (value: number) => number): SqlFunction =>
  always(1, 1, ([argument]) => {
    const value = toDecimal(argument);
    return value === undefined ? undefined : real(calculate(value));
  });

const ofTwo = (calculate: (left: number, right: number) => number): SqlFunction =>
  always(2, 2, ([first, second]) => {
    const [left, right] = [toDecimal(first), toDecimal(second)];
    return left === undefined || right === undefined ? undefined : real(calculate(left, right));
  });

/** On the bits of Ints, which are 64 wide. */
const ofBits = (calculate: (left: bigint, right: bigint) => bigint): SqlFunction =>
  always(2, 2, ([first, second]) => {
    const [left, right] = [bits(first), bits(second)];
    return left === undefined || right === undefined ? undefined : Number(calculate(left, right));
  });

function bits(value: SqlValue): bigint | undefined {
  const decimal = toDecimal(value);
  return decimal === undefined ? undefined : BigInt.asIntN(64, BigInt(Math.floor(decimal)));
}

/** Halves go away from zero, by the guide's examples: 1.5 to 2, -1.5 to -2. */
const round = (value: number) => Math.sign(value) * Math.round(Math.abs(value));

const trunc = (argument: SqlValue, places: SqlValue): SqlValue => {
  const [value, wanted] = [toDecimal(argument), toInt(places)];
  if (value === undefined || wanted === undefined) return undefined;
  const kept = Math.min(Math.max(wanted, 0), PLACES_MAX);
  const [whole = '', fraction = ''] = String(value).split('.');
  return fraction.includes('e') || whole.includes('e')
    ? value
    : Number(kept === 0 ? whole : `${whole}.${fraction.slice(0, kept)}`);
};

export const numberFunctions: Readonly<Record<string, SqlFunction>> = {
  abs: ofOne(Math.abs),
  acos: ofOne(Math.acos),
  asin: ofOne(Math.asin),
  atan: ofOne(Math.atan),
  atan2: ofTwo(Math.atan2),
  bitand: ofBits((left, right) => left & right),
  bitor: ofBits((left, right) => left | right),
  bitxor: ofBits((left, right) => left ^ right),
  bitnot: always(1, 1, ([argument]) => {
    const value = bits(argument);
    return value === undefined ? undefined : Number(~value);
  }),
  ceil: ofOne(Math.ceil),
  cos: ofOne(Math.cos),
  cosh: ofOne(Math.cosh),
  exp: ofOne(Math.exp),
  floor: ofOne(Math.floor),
  ln: ofOne(Math.log),
  log: ofOne(Math.log10),
  mod: ofTwo((left, right) => left % right),
  power: ofTwo((left, right) => left ** right),
  rand: always(0, 0, (_, { random }) => random()),
  remainder: ofTwo((left, right) => left % right),
  round: ofOne(round),
  sign: ofOne(Math.sign),
  sin: ofOne(Math.sin),
  sinh: ofOne(Math.sinh),
  sqrt: ofOne(Math.sqrt),
  tan: ofOne(Math.tan),
  tanh: ofOne(Math.tanh),
  trunc: always(2, 2, ([value, places]) => trunc(value, places)),
  nanvl: always(2, 2, ([first, second]) => (first === undefined || first === null ? second : first)),
  isundefined: newer(1, 1, ([argument]) => argument === undefined),
  isnull: always(1, 1, ([argument]) => argument === null),
};
