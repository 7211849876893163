/**
 * Operators by AWS's tables. AWS IoT Core Developer Guide, "Operators".
 * @module
 */
import { toBoolean, toDecimal, toText } from './convert';
import type { BinaryOperator } from './syntax';
import { isArray, isObject, type SqlValue } from './value';

type Operator = (left: SqlValue, right: SqlValue) => SqlValue;

export function operate(operator: BinaryOperator, left: SqlValue, right: SqlValue): SqlValue {
  return OPERATORS[operator](left, right);
}

export function not(value: SqlValue): boolean | undefined {
  const operand = toBoolean(value);
  return operand === undefined ? undefined : !operand;
}

/** Undefined when either side is Undefined; values of different types are not equal. */
export function equal(left: SqlValue, right: SqlValue): boolean | undefined {
  if (left === undefined || right === undefined) return undefined;
  return same(left, right);
}

function same(left: SqlValue, right: SqlValue): boolean {
  if (isArray(left) && isArray(right)) {
    return left.length === right.length && left.every((item, at) => same(item, right[at]));
  }
  if (isObject(left) && isObject(right)) {
    const keys = Object.keys(left);
    return (
      keys.length === Object.keys(right).length &&
      keys.every((key) => Object.hasOwn(right, key) && same(left[key], right[key]))
    );
  }
  return left === right;
}

const logical =
  (decide: (left: boolean, right: boolean) => boolean): Operator =>
  (left, right) => {
    const [one, other] = [toBoolean(left), toBoolean(right)];
    return one === undefined || other === undefined ? undefined : decide(one, other);
  };

const comparing =
  (compare: (left: number, right: number) => boolean): Operator =>
  (left, right) => {
    const [one, other] = [toDecimal(left), toDecimal(right)];
    return one === undefined || other === undefined ? undefined : compare(one, other);
  };

/** No number, such as from a division by zero, is Undefined. */
const calculating =
  (calculate: (left: number, right: number) => number): Operator =>
  (left, right) => {
    const [one, other] = [toDecimal(left), toDecimal(right)];
    if (one === undefined || other === undefined) return undefined;
    const result = calculate(one, other);
    return Number.isFinite(result) ? result : undefined;
  };

const sum = calculating((left, right) => left + right);

const add: Operator = (left, right) => {
  if (typeof left === 'number' && typeof right === 'number') return sum(left, right);
  if (typeof left !== 'string' && typeof right !== 'string') return undefined;
  const [one, other] = [toText(left), toText(right)];
  return one === undefined || other === undefined ? undefined : one + other;
};

/** Of two Ints the quotient is an Int. */
function divide(left: number, right: number): number {
  const quotient = left / right;
  return Number.isInteger(left) && Number.isInteger(right) ? Math.trunc(quotient) : quotient;
}

const OPERATORS: Readonly<Record<BinaryOperator, Operator>> = {
  AND: logical((left, right) => left && right),
  OR: logical((left, right) => left || right),
  '=': equal,
  '<>': (left, right) => not(equal(left, right)),
  '<': comparing((left, right) => left < right),
  '<=': comparing((left, right) => left <= right),
  '>': comparing((left, right) => left > right),
  '>=': comparing((left, right) => left >= right),
  '+': add,
  '-': calculating((left, right) => left - right),
  '*': calculating((left, right) => left * right),
  '/': calculating(divide),
  '%': calculating((left, right) => left % right),
};
