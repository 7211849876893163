'use client';

import { useCallback, useEffect, useRef, useState } from 'react';

type Looked = { certificateId: string };

export type Looks<Look extends Looked> = {
  found: ReadonlyMap<string, Look>;
  isLooking: boolean;
  /** The last look got no answer. */
  isBroken: boolean;
  /** Calls to AWS so far. */
  calls: number;
  /** Looks at as many more. */
  look: (count: number) => void;
  stop: () => void;
};

/**
 * Looks at devices of a list, a few at a time; the first few by itself.
 *
 * @param url - answers with `looks` of the certificates that its `id`s name, and how many `calls` they took
 * @param batchMax - how many it looks at in one answer
 */
export function useLooks<Look extends Looked>(
  url: string,
  ids: readonly string[],
  batchMax: number,
): Looks<Look> {
  const [found, setFound] = useState<ReadonlyMap<string, Look>>(new Map());
  const [isLooking, setLooking] = useState(false);
  const [isBroken, setBroken] = useState(false);
  const [calls, setCalls] = useState(0);
  const running = useRef<AbortController | undefined>(undefined);
  const done = useRef(new Set<string>());

  const look = useCallback(
    async (count: number) => {
      if (running.current !== undefined) return;
      const stop = new AbortController();
      running.current = stop;
      setLooking(true);
      setBroken(false);
      const queue = ids.filter((id) => !done.current.has(id)).slice(0, count);
      try {
        while (queue.length > 0 && !stop.signal.aborted) {
          const answer = await askLooks<Look>(url, queue.splice(0, batchMax), stop.signal);
          for (const { certificateId } of answer.looks) done.current.add(certificateId);
          setFound(
            (now) => new Map([...now, ...answer.looks.map((each) => [each.certificateId, each] as const)]),
          );
          setCalls((now) => now + answer.calls);
        }
      } catch {
        if (!stop.signal.aborted) setBroken(true);
      }
      running.current = undefined;
      if (!stop.signal.aborted) setLooking(false);
    },
    [url, ids, batchMax],
  );

  useEffect(() => {
    void look(batchMax);
    return () => {
      running.current?.abort();
      running.current = undefined;
    };
  }, [look, batchMax]);

  return {
    found,
    isLooking,
    isBroken,
    calls,
    look: (count) => void look(count),
    stop: () => {
      running.current?.abort();
      running.current = undefined;
      setLooking(false);
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
