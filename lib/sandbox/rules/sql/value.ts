/**
 * Values of a rule's SQL. AWS IoT Core Developer Guide, "Data types": `undefined` is AWS's Undefined, a whole number is an Int
 * (SQL version 2016-03-23). Numbers are double precision here, where AWS has 34 digits.
 * @module
 */

export type SqlObject = { readonly [key: string]: SqlValue };
export type SqlValue =
  | undefined
  | null
  | boolean
  | number
  | string
  /** A payload that is not JSON, only by `*`. */
  | Uint8Array
  | readonly SqlValue[]
  | SqlObject;

export function isArray(value: SqlValue): value is readonly SqlValue[] {
  return Array.isArray(value);
}

export function isObject(value: SqlValue): value is SqlObject {
  return typeof value === 'object' && value !== null && !isArray(value) && !(value instanceof Uint8Array);
}

/** Own members only: a payload's `constructor` is Undefined unless it is there. */
export function memberOf(value: SqlValue, name: string): SqlValue {
  return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

/** JSON of a value: Undefined members are left out; Undefined alone is empty. */
export function toJson(value: SqlValue): string {
  return value === undefined ? '' : JSON.stringify(value);
}

/** Whether a payload is JSON, and which. */
export function parsePayload(payload: Uint8Array): { isJson: boolean; value: SqlValue } {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(payload);
    const value: SqlValue = JSON.parse(text);
    return { isJson: true, value };
  } catch {
    return { isJson: false, value: payload };
  }
}
