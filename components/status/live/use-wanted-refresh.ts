'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import { useRefresh } from '@/components/ui/use-refresh';

/** A console that is away is asked again this much later. */
const AWAY_PAUSE_MS = 5_000;

/**
 * Reads the page again for something that has happened: once for many things, never two at a time, and for as long as it takes until the
 * console answers, since nothing tells of it a second time.
 *
 * @param gapMs - reads are at least this far apart
 */
export function useWantedRefresh(gapMs: number): { want: () => void } {
  const { refresh, isReading, misses } = useRefresh();
  const [wantedCount, setWantedCount] = useState(0);
  const [readCount, setReadCount] = useState(0);
  const notBeforeMs = useRef(0);
  const want = useCallback(() => setWantedCount((count) => count + 1), []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `misses` tries again where the console did not answer
  useEffect(() => {
    if (wantedCount === readCount || isReading) return;
    const timer = setTimeout(
      async () => {
        const beganMs = Date.now();
        notBeforeMs.current = beganMs + AWAY_PAUSE_MS;
        if (!(await refresh())) return;
        notBeforeMs.current = beganMs + gapMs;
        // What has happened since is another thing.
        setReadCount(wantedCount);
      },
      Math.max(0, notBeforeMs.current - Date.now()),
    );
    return () => clearTimeout(timer);
  }, [wantedCount, readCount, isReading, gapMs, refresh, misses]);

  return { want };
}
