import type { Failure, NotFoundResource } from '@/lib/failure';
import { fail, type Result } from '@/lib/result';

/** AWS's names for "no such thing" in IoT and IAM. */
const NOT_FOUND_NAMES = ['ResourceNotFoundException', 'NoSuchEntityException'];

/** Says "not found" in our words when AWS said it in its own; every other outcome stays as it is. */
export function orNotFound<Value>(
  result: Result<Value, Failure>,
  resource: NotFoundResource,
  id: string,
): Result<Value, Failure> {
  return isNotFound(result) ? fail({ kind: 'not-found', resource, id }) : result;
}

/** Whether AWS answered that there is no such thing. */
export function isNotFound(result: Result<unknown, Failure>): boolean {
  return !result.ok && result.failure.kind === 'aws' && NOT_FOUND_NAMES.includes(result.failure.name);
}
