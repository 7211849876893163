'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import { useRefresh } from '@/components/ui/use-refresh';
import type { LiveEvent } from '@/lib/registry/live-event';
import type { LiveStatus } from './live-stream';
import { useLive } from './use-live';

type LiveRefreshOptions = {
  environment: string;
  readAt: string;
  concerns: (event: LiveEvent) => boolean;
  /** Reads are at least this far apart. */
  gapMs: number;
};

/** Reads the page again whenever something has happened that concerns it: once for many events, and never two at a time. */
export function useLiveRefresh({ environment, readAt, concerns, gapMs }: LiveRefreshOptions): LiveStatus {
  const { refresh, isReading } = useRefresh();
  const [isWanted, setWanted] = useState(false);
  const lastReadAtMs = useRef(0);
  const onChange = useCallback(() => setWanted(true), []);
  const status = useLive({ environment, readAt, concerns, onChange });

  useEffect(() => {
    if (!isWanted || isReading) return;
    const waitMs = Math.max(0, lastReadAtMs.current + gapMs - Date.now());
    const timer = setTimeout(() => {
      setWanted(false);
      lastReadAtMs.current = Date.now();
      void refresh();
    }, waitMs);
    return () => clearTimeout(timer);
  }, [isWanted, isReading, gapMs, refresh]);

  return status;
}
