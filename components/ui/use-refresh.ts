'use client';

import { useRouter } from 'next/navigation';
import { useCallback, useState, useTransition } from 'react';
import { consoleAnswers } from './console-answers';
import { useTellFailure } from './use-tell-failure';

type Refresh = {
  /** @returns false where the console did not answer; the page is as it was then */
  refresh: () => Promise<boolean>;
  isReading: boolean;
};

/**
 * Reads the page's data again, if the console answers at all. Next takes a read that fails for a reason to load the whole page
 * (`fetchServerResponse` of its router), and a console that is just being restarted would take with it whatever a person has typed,
 * unlocked or begun there.
 */
export function useRefresh(): Refresh {
  const router = useRouter();
  // Not a part of the transition: React would hold back every other one, a navigation too, until the console has answered.
  const [isAsking, setAsking] = useState(false);
  const [isReading, startReading] = useTransition();
  const refresh = useCallback(async () => {
    setAsking(true);
    const isThere = await consoleAnswers();
    setAsking(false);
    if (isThere) startReading(() => router.refresh());
    return isThere;
  }, [router]);
  return { refresh, isReading: isAsking || isReading };
}

/** The same for a person who pressed a button: told why nothing changes. */
export function useToldRefresh(): Refresh {
  const { refresh, isReading } = useRefresh();
  const tell = useTellFailure();
  const toldRefresh = useCallback(async () => {
    const isThere = await refresh();
    if (!isThere) tell({ kind: 'no-answer' });
    return isThere;
  }, [refresh, tell]);
  return { refresh: toldRefresh, isReading };
}
