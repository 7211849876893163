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
  if (result.ok || result.failure.kind !== 'aws') return result;
  return NOT_FOUND_NAMES.includes(result.failure.name) ? fail({ kind: 'not-found', resource, id }) : result;
}
