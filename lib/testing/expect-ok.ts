import type { Result } from '@/lib/result';

/** The value of a result that must be good; a bad one fails the test with its facts. */
export function expectOk<Value>(result: Result<Value, unknown>): Value {
  if (!result.ok) throw new Error(`expected a value, got ${JSON.stringify(result.failure)}`);
  return result.value;
}
