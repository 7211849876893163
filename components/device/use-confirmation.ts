'use client';

import { useEffect, useRef, useState } from 'react';
import { pollDelayMs } from '@/components/status/live/poll-delay';

/**
 * Tells the ledger of a bundle that was saved and not confirmed, again and again and ever more slowly, while the panel
 * lives. To confirm twice is harmless.
 *
 * @param certificateId - of the bundle that waits; undefined when none does
 * @param confirm - whether the ledger knows now; does not reject
 */
export function useConfirmation(
  certificateId: string | undefined,
  confirm: (certificateId: string) => Promise<boolean>,
): void {
  const [attempt, setAttempt] = useState({ certificateId, count: 0 });
  const latest = useRef(confirm);
  useEffect(() => {
    latest.current = confirm;
  });
  const count = attempt.certificateId === certificateId ? attempt.count : 0;
  useEffect(() => {
    if (certificateId === undefined) return;
    let isLeft = false;
    async function ask(id: string) {
      const isConfirmed = await latest.current(id);
      if (!isLeft && !isConfirmed) setAttempt({ certificateId: id, count: count + 1 });
    }
    const timer = setTimeout(() => void ask(certificateId), pollDelayMs(count, undefined));
    return () => {
      isLeft = true;
      clearTimeout(timer);
    };
  }, [certificateId, count]);
}
