'use client';

import { useEffect, useRef, useState } from 'react';
import { useRefresh } from '@/components/ui/use-refresh';
import { pollDelayMs, WATCH_MS_MAX } from './poll-delay';

type PollingOptions = {
  isOn: boolean;
  /** Reading is quick again, and the half hour begins anew, when this changes. */
  phase: string;
  /** What the environment's token bucket asked for at the last read. */
  busyMs: number | undefined;
};

type Polling = {
  /** It has gone on for `WATCH_MS_MAX` without a change; only `watchOn` goes on. */
  isOver: boolean;
  watchOn: () => void;
};

/**
 * Reads the page again and again while `isOn`, ever more slowly, not while the tab is hidden, and for half an hour at
 * most. Who comes back to the window has it read once, whatever the delay has come to.
 */
export function usePolling({ isOn, phase, busyMs }: PollingOptions): Polling {
  const { refresh, toldRefresh, isReading, misses } = useRefresh();
  const [isVisible, setVisible] = useState(true);
  const [isOver, setOver] = useState(false);
  const attempt = useRef({ phase, count: 0 });
  const lastReadAtMs = useRef(0);

  useEffect(() => {
    lastReadAtMs.current = Date.now();
  }, []);

  useEffect(() => {
    const look = () => {
      setVisible(!document.hidden);
      if (!isOn || document.hidden) return;
      // A tab that turns visible is focused as well: that is one return, and one read.
      if (Date.now() - lastReadAtMs.current < pollDelayMs(0, busyMs)) return;
      lastReadAtMs.current = Date.now();
      void refresh();
    };
    setVisible(!document.hidden);
    document.addEventListener('visibilitychange', look);
    window.addEventListener('focus', look);
    return () => {
      document.removeEventListener('visibilitychange', look);
      window.removeEventListener('focus', look);
    };
  }, [isOn, busyMs, refresh]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new phase begins a new half hour
  useEffect(() => {
    if (!isOn || isOver) return;
    const timer = setTimeout(() => setOver(true), WATCH_MS_MAX);
    return () => clearTimeout(timer);
  }, [isOn, isOver, phase]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `misses` goes on where the console did not answer
  useEffect(() => {
    if (!isOn || isOver || !isVisible || isReading) return;
    if (attempt.current.phase !== phase) attempt.current = { phase, count: 0 };
    const timer = setTimeout(
      () => {
        attempt.current.count += 1;
        lastReadAtMs.current = Date.now();
        void refresh();
      },
      pollDelayMs(attempt.current.count, busyMs),
    );
    return () => clearTimeout(timer);
  }, [isOn, isOver, isVisible, isReading, phase, busyMs, refresh, misses]);

  function watchOn() {
    attempt.current.count = 0;
    lastReadAtMs.current = Date.now();
    setOver(false);
    void toldRefresh();
  }
  return { isOver: isOn && isOver, watchOn };
}
