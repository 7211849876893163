'use client';

import { useEffect, useRef, useState } from 'react';
import type { z } from 'zod';

/** Typing pauses longer than this when a word is finished; our choice. */
const DEBOUNCE_MS = 450;
/** The console itself waits at most ten seconds for its turn at AWS. */
const TIMEOUT_MS = 15_000;

/** `answer`: undefined where there was none that can be read. */
export type LookedUp<Answer> = { url: string; answer: Answer | undefined };

/**
 * What the console answers at an address, asked once the address stands still. Answers are kept while the page is open, but
 * not those that are only a part.
 *
 * @param url - empty: there is nothing to ask
 * @returns the last answer, maybe of another address; undefined before the first
 */
export function useLookedUp<Answer extends { isPartial: boolean }>(
  url: string,
  schema: z.ZodType<Answer>,
): LookedUp<Answer> | undefined {
  const [looked, setLooked] = useState<LookedUp<Answer> | undefined>(undefined);
  const cache = useRef(new Map<string, Answer>());
  useEffect(() => {
    if (url === '') return;
    const kept = cache.current.get(url);
    if (kept !== undefined) {
      setLooked({ url, answer: kept });
      return;
    }
    const abort = new AbortController();
    const timer = setTimeout(async () => {
      const answer = await ask(url, schema, abort.signal);
      if (abort.signal.aborted) return;
      if (answer !== undefined && !answer.isPartial) cache.current.set(url, answer);
      setLooked({ url, answer });
    }, DEBOUNCE_MS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [url, schema]);
  return looked;
}

async function ask<Answer>(
  url: string,
  schema: z.ZodType<Answer>,
  signal: AbortSignal,
): Promise<Answer | undefined> {
  try {
    const response = await fetch(url, { signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]) });
    // A lost session is answered with the sign-in page.
    if (!response.ok || response.redirected) return undefined;
    const parsed = schema.safeParse(await response.json());
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}
