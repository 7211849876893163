import { unstable_isUnrecognizedActionError } from 'next/navigation';
import type { Failure } from '@/lib/failure';
import { fail, type Result } from '@/lib/result';

/**
 * What a server action answers, or why nothing came back. Actions turn their own bugs into failures, so what rejects is the request
 * itself; and a rejection that nobody catches would take the page down, with all that was typed on it.
 */
export async function orNoAnswer<Value>(
  call: Promise<Result<Value, Failure>>,
): Promise<Result<Value, Failure>> {
  try {
    return await call;
  } catch (error) {
    return fail(requestFailure(error));
  }
}

/** Of a request that rejected. A console of another version than the page's does not know the page's actions. */
export const requestFailure = (error: unknown): Failure =>
  unstable_isUnrecognizedActionError(error) ? { kind: 'page-outdated' } : { kind: 'no-answer' };
