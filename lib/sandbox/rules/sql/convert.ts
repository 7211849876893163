/**
 * The standard conversions. AWS IoT Core Developer Guide, "Data types", "Conversions", and "cast()".
 * @module
 */
import type { CAST_TYPES } from './syntax';
import { isArray, isObject, type SqlValue, toJson } from './value';

const DECIMAL = /^-?\d+(?:\.\d+)?(?:[eE]-?\d+)?$/;

/** A Decimal (which an Int is too), or Undefined. */
export function toDecimal(value: SqlValue): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (typeof value !== 'string' || !DECIMAL.test(value)) return undefined;
  const number = Number(value);
  return Number.isFinite(number) ? number : undefined;
}

/** An Int; the decimal places of a Decimal are cut off, as functions do with an argument that should be an Int. */
export function toInt(value: SqlValue): number | undefined {
  const decimal = toDecimal(value);
  return decimal === undefined ? undefined : Math.trunc(decimal) + 0;
}

export function toBoolean(value: SqlValue): boolean | undefined {
  if (typeof value === 'boolean') return value;
  if (typeof value !== 'string') return undefined;
  const lower = value.toLowerCase();
  return lower === 'true' ? true : lower === 'false' ? false : undefined;
}

export function toText(value: SqlValue): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return isArray(value) || isObject(value) ? toJson(value) : undefined;
}

/** `cast` also takes numbers for booleans and booleans for numbers. */
export function castTo(value: SqlValue, type: (typeof CAST_TYPES)[keyof typeof CAST_TYPES]): SqlValue {
  switch (type) {
    case 'string':
      return toText(value);
    case 'boolean':
      return typeof value === 'number' ? value !== 0 : toBoolean(value);
    case 'decimal':
      return typeof value === 'boolean' ? Number(value) : toDecimal(value);
    case 'int': {
      const decimal = typeof value === 'boolean' ? Number(value) : toDecimal(value);
      return decimal === undefined ? undefined : Math.floor(decimal);
    }
  }
}
