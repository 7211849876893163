'use client';

import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react';

/** After a failure it waits longer each time, up to this. */
const RETRY_MS_MAX = 5000;

/** A page that nobody has touched for half an hour stops asking, and lets its session end. Our choice. */
const READING_MS_MAX = 30 * 60_000;

type ReadingOptions = {
  isOn: boolean;
  intervalMs: number;
  /** The page has been read on the server a moment ago. */
  isFresh: boolean;
  /** Reads once. Answers false when it could not, `stop` when it never will again. */
  read: (signal: AbortSignal) => Promise<boolean | 'stop'>;
  /** Told when the half hour is over. */
  onOver: () => void;
};

/**
 * Reads again and again while `isOn` and the tab can be seen.
 *
 * Short questions and not one that is held open: a browser keeps six connections to a server of HTTP/1.1, which a few tabs would use up.
 *
 * @returns what reads at once, and drops the answer of a read under way
 */
export function useReading({ isOn, intervalMs, isFresh, read, onOver }: ReadingOptions): () => void {
  const isVisible = useIsVisible();
  const [round, setRound] = useState(0);
  const latest = useRef({ read, onOver });
  const isFirst = useRef(isFresh);
  useEffect(() => {
    latest.current = { read, onOver };
  });

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new round begins with a read
  useEffect(() => {
    if (!isOn || !isVisible) return;
    const abort = new AbortController();
    const beganAtMs = Date.now();
    let failures = 0;
    let timer = setTimeout(next, isFirst.current ? intervalMs : 0);
    isFirst.current = false;
    async function next() {
      if (Date.now() - beganAtMs > READING_MS_MAX) return latest.current.onOver();
      const isRead = await latest.current.read(abort.signal);
      if (abort.signal.aborted || isRead === 'stop') return;
      failures = isRead ? 0 : failures + 1;
      timer = setTimeout(next, Math.min(intervalMs * 2 ** failures, Math.max(intervalMs, RETRY_MS_MAX)));
    }
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [isOn, isVisible, intervalMs, round]);

  return useCallback(() => setRound((count) => count + 1), []);
}

function useIsVisible(): boolean {
  return useSyncExternalStore(
    (onChange) => {
      document.addEventListener('visibilitychange', onChange);
      return () => document.removeEventListener('visibilitychange', onChange);
    },
    () => !document.hidden,
    () => true,
  );
}
