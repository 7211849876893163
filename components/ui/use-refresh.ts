'use client';

import { useRouter } from 'next/navigation';
import { useCallback, useState, useTransition } from 'react';
import { useTranslations } from 'use-intl';
import { consoleAnswers } from './console-answers';
import { useFlash } from './flash';

type Refresh = {
  /** @returns false where the console did not answer; the page is as it was then */
  refresh: () => Promise<boolean>;
  /** The same for a person who pressed a button: told why nothing changes. */
  toldRefresh: () => Promise<boolean>;
  isReading: boolean;
  /** How often the console did not answer: who reads by itself goes on by it. */
  misses: number;
};

/**
 * Reads the page's data again, if the console answers at all. Next takes a read that fails for a reason to load the whole page
 * (`fetchServerResponse` of its router), and a console that is just being restarted would take with it whatever a person has typed,
 * unlocked or begun there.
 */
export function useRefresh(): Refresh {
  const t = useTranslations('ui');
  const router = useRouter();
  const { show } = useFlash();
  // Not a part of the transition: React would hold back every other one, a navigation too, until the console has answered.
  const [isAsking, setAsking] = useState(false);
  const [misses, setMisses] = useState(0);
  const [isReading, startReading] = useTransition();
  const refresh = useCallback(async () => {
    setAsking(true);
    const isThere = await consoleAnswers();
    setAsking(false);
    if (isThere) startReading(() => router.refresh());
    else setMisses((before) => before + 1);
    return isThere;
  }, [router]);
  const toldRefresh = useCallback(async () => {
    const isThere = await refresh();
    if (!isThere) show({ tone: 'danger', text: t('notRead') });
    return isThere;
  }, [refresh, show, t]);
  return { refresh, toldRefresh, isReading: isAsking || isReading, misses };
}
