import type { Failure } from '@/lib/failure';
import { fail, type Result } from '@/lib/result';

/**
 * What a server action answers, `no-answer` where nothing came back. Actions turn their own bugs into failures, so what rejects is the
 * request itself; and a rejection that nobody catches would take the page down, with all that was typed on it.
 */
export async function orNoAnswer<Value>(
  call: Promise<Result<Value, Failure>>,
): Promise<Result<Value, Failure>> {
  try {
    return await call;
  } catch {
    return fail({ kind: 'no-answer' });
  }
}
