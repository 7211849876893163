/**
 * Constraints of Lambda's service model, which the SDK's schemas do not carry. Facts taken from botocore's `service-2.json`.
 * @module
 */
import { lambdaError } from './lambda-error';

type Constraint = { pattern?: RegExp; min?: number; max?: number };

const failed = (member: string, value: string | number, rule: string) =>
  lambdaError(
    'ValidationException',
    `1 validation error detected: Value '${String(value).slice(0, 256)}' at '${member}' failed to satisfy constraint: ${rule}`,
  );

/** @throws ApiError ValidationException */
export function checkedText(member: string, value: string, { pattern, min = 0, max = Infinity }: Constraint) {
  if (value.length < min)
    throw failed(member, value, `Member must have length greater than or equal to ${min}`);
  if (value.length > max) throw failed(member, value, `Member must have length less than or equal to ${max}`);
  if (pattern && !pattern.test(value)) {
    const rule = `Member must satisfy regular expression pattern: ${pattern.source.slice(1, -1)}`;
    throw failed(member, value, rule);
  }
  return value;
}

/** @throws ApiError ValidationException */
export function checkedNumber(
  member: string,
  value: number,
  { min = -Infinity, max = Infinity }: Constraint,
) {
  if (value < min) throw failed(member, value, `Member must have value greater than or equal to ${min}`);
  if (value > max) throw failed(member, value, `Member must have value less than or equal to ${max}`);
  return value;
}
