'use client';

import { useEffect, useRef, useSyncExternalStore } from 'react';
import type { LiveEvent } from '@/lib/registry/live-event';
import { type LiveStatus, liveStreamOf } from './live-stream';

type LiveOptions = {
  environment: string;
  /** When what is shown was read on the server, ISO 8601: what came later is told. */
  readAt: string;
  /** Whether an event is about what is shown. */
  concerns: (event: LiveEvent) => boolean;
  /** What is shown may have changed: by these events, or, where there are none, by some that were missed. */
  onChange: (events: readonly LiveEvent[]) => void;
};

const CONNECTING: LiveStatus = { kind: 'connecting' };

/**
 * Hears of what happens in the environment as long as the view is there, from the moment on that its data is of. All views
 * of a tab share one stream.
 *
 * @returns whether it is heard; while it is not, the view has to say so
 */
export function useLive({ environment, readAt, concerns, onChange }: LiveOptions): LiveStatus {
  const stream = liveStreamOf(environment);
  const latest = useRef({ readAt, concerns, onChange });
  useEffect(() => {
    latest.current = { readAt, concerns, onChange };
  });
  useEffect(
    () =>
      stream.attach({
        readAt: () => latest.current.readAt,
        events(events) {
          const concerning = events.filter(latest.current.concerns);
          if (concerning.length > 0) latest.current.onChange(concerning);
        },
        reload: () => latest.current.onChange([]),
      }),
    [stream],
  );
  return useSyncExternalStore(
    (observer) => stream.observe(observer),
    () => stream.status(),
    () => CONNECTING,
  );
}
