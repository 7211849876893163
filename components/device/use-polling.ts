'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useRef, useState, useTransition } from 'react';
import { pollDelayMs } from './poll-delay';

type Polling = {
  isOn: boolean;
  /** Reading is quick again when this changes. */
  phase: string;
  /** What the environment's token bucket asked for at the last read. */
  busyMs: number | undefined;
};

/** Reads the page again and again while `isOn`, ever more slowly, and not while the tab is hidden. */
export function usePolling({ isOn, phase, busyMs }: Polling): { isReading: boolean } {
  const router = useRouter();
  const [isReading, startTransition] = useTransition();
  const [isVisible, setVisible] = useState(true);
  const attempt = useRef({ phase, count: 0 });

  useEffect(() => {
    const look = () => {
      // Who comes back wants to know now.
      attempt.current.count = 0;
      setVisible(!document.hidden);
    };
    look();
    document.addEventListener('visibilitychange', look);
    window.addEventListener('focus', look);
    return () => {
      document.removeEventListener('visibilitychange', look);
      window.removeEventListener('focus', look);
    };
  }, []);

  useEffect(() => {
    if (!isOn || !isVisible || isReading) return;
    if (attempt.current.phase !== phase) attempt.current = { phase, count: 0 };
    const timer = setTimeout(
      () => {
        attempt.current.count += 1;
        startTransition(() => router.refresh());
      },
      pollDelayMs(attempt.current.count, busyMs),
    );
    return () => clearTimeout(timer);
  }, [isOn, isVisible, isReading, phase, busyMs, router]);

  return { isReading };
}
