import type { z } from 'zod';
import type { Failure } from '@/lib/failure';
import type { Result } from '@/lib/result';

/** The console itself waits five seconds for the sandbox, twice at most. */
const TIMEOUT_MS = 12_000;

/** What kept an open page from reading on. */
export type Trouble = { kind: 'failure'; failure: Failure } | { kind: 'no-answer' } | { kind: 'signed-out' };

/** Reads from the console's own server. */
export async function askConsole<Value>(
  url: string,
  answer: z.ZodType<Result<Value, Failure>>,
  signal: AbortSignal,
): Promise<Result<Value, Trouble>> {
  const trouble = (kind: 'no-answer' | 'signed-out') => ({ ok: false, failure: { kind } }) as const;
  try {
    const response = await fetch(url, {
      // A lost session leads to the sign-in page.
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
    });
    if (response.type === 'opaqueredirect') return trouble('signed-out');
    if (!response.ok) return trouble('no-answer');
    const parsed = answer.safeParse(await response.json());
    if (!parsed.success) return trouble('no-answer');
    const result = parsed.data;
    return result.ok ? result : { ok: false, failure: { kind: 'failure', failure: result.failure } };
  } catch {
    return trouble('no-answer');
  }
}
