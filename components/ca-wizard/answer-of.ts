import type { Failure } from '@/lib/failure';
import type { Result } from '@/lib/result';

/** What came of asking the console's server: a value, a failure it told, or nothing. */
export type Answer<Value> =
  | { kind: 'value'; value: Value }
  | { kind: 'failure'; failure: Failure }
  /** The console is gone, or the network to it; what the call did is not known. */
  | { kind: 'no-answer' };

export async function answerOf<Value>(call: Promise<Result<Value, Failure>>): Promise<Answer<Value>> {
  try {
    const result = await call;
    return result.ok ? { kind: 'value', value: result.value } : { kind: 'failure', failure: result.failure };
  } catch {
    // The actions turn their own bugs into failures: what rejects is the request itself.
    return { kind: 'no-answer' };
  }
}
