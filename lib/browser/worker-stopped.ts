import { fail, type Result } from '@/lib/result';

/** The PKI worker could not be loaded, ended, or failed at this request; it did not answer. */
export type WorkerStopped = { kind: 'worker-stopped' };

/** The answer of a call to the worker, for pages: one that rejects becomes a fault with a sentence. */
export async function orStopped<Value, Fault>(
  call: Promise<Result<Value, Fault>>,
): Promise<Result<Value, Fault | WorkerStopped>> {
  try {
    return await call;
  } catch {
    // The browser has the cause in its own log: a script that failed to load, or an error the worker threw.
    return fail({ kind: 'worker-stopped' });
  }
}
