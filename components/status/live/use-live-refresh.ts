'use client';

import type { LiveEvent } from '@/lib/registry/live-event';
import type { LiveStatus } from './live-stream';
import { useLive } from './use-live';
import { useWantedRefresh } from './use-wanted-refresh';

type LiveRefreshOptions = {
  environment: string;
  readAt: string;
  concerns: (event: LiveEvent) => boolean;
  /** Reads are at least this far apart. */
  gapMs: number;
};

/** Reads the page again whenever something has happened that concerns it. */
export function useLiveRefresh({ environment, readAt, concerns, gapMs }: LiveRefreshOptions): LiveStatus {
  const { want } = useWantedRefresh(gapMs);
  return useLive({ environment, readAt, concerns, onChange: want });
}
