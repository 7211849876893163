'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import { LOOK_MAX, type StuckLook } from '@/lib/registry/stuck';
import type { LooksAnswer } from './looks-answer';

export type Looks = {
  found: ReadonlyMap<string, StuckLook>;
  isLooking: boolean;
  /** The last look got no answer. */
  isBroken: boolean;
  /** Calls to AWS so far. */
  calls: number;
  /** Looks at as many more. */
  look: (count: number) => void;
  stop: () => void;
};

/** Looks at stuck devices, a few at a time; the first few by itself. */
export function useLooks(environment: string, ids: readonly string[]): Looks {
  const [found, setFound] = useState<ReadonlyMap<string, StuckLook>>(new Map());
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
          const answer = await askLooks(environment, queue.splice(0, LOOK_MAX), stop.signal);
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
    [environment, ids],
  );

  useEffect(() => {
    void look(LOOK_MAX);
    return () => {
      running.current?.abort();
      running.current = undefined;
    };
  }, [look]);

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

async function askLooks(environment: string, ids: string[], signal: AbortSignal): Promise<LooksAnswer> {
  const query = new URLSearchParams(ids.map((id) => ['id', id]));
  const response = await fetch(`/e/${environment}/stuck/looks?${query}`, { signal });
  if (!response.ok) throw new Error(`the console answered ${response.status}`);
  return response.json();
}
