'use client';

import { useCallback, useEffect, useRef, useState } from 'react';

/** `unread`: AWS did not answer. */
type Looked = { certificateId: string; kind: string };

export type Looks<Look extends Looked> = {
  found: ReadonlyMap<string, Look>;
  isLooking: boolean;
  /** The last look got no answer. */
  isBroken: boolean;
  /** Calls to AWS so far. */
  calls: number;
  /** Looks at as many more; where all have been looked at, at those again that could not be read. */
  look: (count: number) => void;
  stop: () => void;
};

/** AWS's rate is shared by all who look: what was busy is free again in seconds. Our choice. */
export const UNREAD_PAUSE_MS = 5_000;
/** In a row that read nothing; a newer reading of the page begins anew. Our choice. */
export const UNREAD_RETRIES_MAX = 6;

/**
 * Looks at devices of a list, a few at a time; the first few by itself, and again at those that could not be read.
 *
 * @param url - answers with `looks` of the certificates that its `id`s name, and how many `calls` they took
 * @param batchMax - how many it looks at in one answer
 * @param readAt - when the list was read
 */
export function useLooks<Look extends Looked>(
  url: string,
  ids: readonly string[],
  batchMax: number,
  readAt: string,
): Looks<Look> {
  const [found, setFound] = useState<ReadonlyMap<string, Look>>(new Map());
  const [isLooking, setLooking] = useState(false);
  const [isBroken, setBroken] = useState(false);
  const [calls, setCalls] = useState(0);
  const [retryAtMs, setRetryAtMs] = useState<number | undefined>(undefined);
  const running = useRef<AbortController | undefined>(undefined);
  const answered = useRef(new Map<string, 'read' | 'unread'>());
  const retriesLeft = useRef(UNREAD_RETRIES_MAX);

  const look = useCallback(
    async (count: number, isRetry: boolean) => {
      if (running.current !== undefined) return;
      const stop = new AbortController();
      running.current = stop;
      setLooking(true);
      setBroken(false);
      const wanted = isRetry ? 'unread' : undefined;
      const queue = ids.filter((id) => answered.current.get(id) === wanted).slice(0, count);
      try {
        while (queue.length > 0 && !stop.signal.aborted) {
          const answer = await askLooks<Look>(url, queue.splice(0, batchMax), stop.signal);
          for (const { certificateId, kind } of answer.looks) {
            answered.current.set(certificateId, kind === 'unread' ? 'unread' : 'read');
            if (kind !== 'unread') retriesLeft.current = UNREAD_RETRIES_MAX;
          }
          setFound(
            (now) => new Map([...now, ...answer.looks.map((each) => [each.certificateId, each] as const)]),
          );
          setCalls((now) => now + answer.calls);
        }
      } catch {
        if (!stop.signal.aborted) setBroken(true);
      }
      // Whoever has stopped it may have begun another.
      if (running.current !== stop) return;
      running.current = undefined;
      setLooking(false);
      const isToRetry = retriesLeft.current > 0 && ids.some((id) => answered.current.get(id) === 'unread');
      setRetryAtMs((now) => (isToRetry ? (now ?? Date.now() + UNREAD_PAUSE_MS) : undefined));
    },
    [url, ids, batchMax],
  );

  const halt = useCallback(() => {
    running.current?.abort();
    running.current = undefined;
  }, []);

  useEffect(() => {
    void look(batchMax, false);
    return halt;
  }, [look, batchMax, halt]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a newer reading is what it waits for
  useEffect(() => {
    retriesLeft.current = UNREAD_RETRIES_MAX;
    if ([...answered.current.values()].includes('unread')) {
      setRetryAtMs((now) => now ?? Date.now() + UNREAD_PAUSE_MS);
    }
  }, [readAt]);

  useEffect(() => {
    if (isLooking || retryAtMs === undefined) return;
    const timer = setTimeout(
      () => {
        retriesLeft.current -= 1;
        setRetryAtMs(undefined);
        void look(batchMax, true);
      },
      Math.max(0, retryAtMs - Date.now()),
    );
    return () => clearTimeout(timer);
  }, [isLooking, retryAtMs, look, batchMax]);

  return {
    found,
    isLooking,
    isBroken,
    calls,
    look: (count) =>
      void look(
        count,
        ids.every((id) => answered.current.has(id)),
      ),
    stop: () => {
      halt();
      setLooking(false);
      setRetryAtMs(undefined);
    },
  };
}

/** Our own addresses: what they answer has the type that it is written with. */
async function askLooks<Look>(
  url: string,
  ids: string[],
  signal: AbortSignal,
): Promise<{ looks: Look[]; calls: number }> {
  const query = new URLSearchParams(ids.map((id) => ['id', id]));
  const response = await fetch(`${url}?${query}`, { signal });
  if (!response.ok) throw new Error(`the console answered ${response.status}`);
  return response.json();
}
