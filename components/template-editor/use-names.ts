'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import { fetchParsed } from '@/lib/browser/fetch-parsed';
import {
  type NameKind,
  type NamesAsked,
  NOTHING_LOOKED_UP,
  nameList,
  type PresenceAnswer,
  presenceAnswer,
  presenceQuery,
} from './name-lookups';

/** Typing pauses longer than this when a word is finished; our choice. */
const DEBOUNCE_MS = 450;
/** The console itself waits at most ten seconds for its turn at AWS. */
const TIMEOUT_MS = 15_000;

type Names = {
  namesOf: (kind: NameKind) => readonly string[];
  askFor: (kind: NameKind) => void;
};

const NONE: readonly string[] = [];

/** The names that AWS has, each list read when a field first asks for it. `url` undefined: there is nobody to ask. */
export function useNames(url: string | undefined): Names {
  const [lists, setLists] = useState<Partial<Record<NameKind, readonly string[]>>>({});
  const asked = useRef(new Set<NameKind>());
  const askFor = useCallback(
    async (kind: NameKind) => {
      if (url === undefined || asked.current.has(kind)) return;
      asked.current.add(kind);
      const answer = await fetchParsed(`${url}?kind=${kind}`, nameList, AbortSignal.timeout(TIMEOUT_MS));
      if (answer === undefined) asked.current.delete(kind);
      else setLists((now) => ({ ...now, [kind]: answer.names }));
    },
    [url],
  );
  const namesOf = useCallback((kind: NameKind) => lists[kind] ?? NONE, [lists]);
  return { namesOf, askFor };
}

type Presence = {
  presence: PresenceAnswer;
  /** Asks again, after something was created. */
  again: () => void;
};

/** Which of the template's names exist, asked once they stand still. What was found stays true while others are asked for. */
export function usePresence(url: string | undefined, names: NamesAsked): Presence {
  const [presence, setPresence] = useState(NOTHING_LOOKED_UP);
  const [round, setRound] = useState(0);
  const query = presenceQuery(names);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `round` asks the same once more
  useEffect(() => {
    if (url === undefined || query === '') return;
    const abort = new AbortController();
    const timer = setTimeout(async () => {
      const signal = AbortSignal.any([abort.signal, AbortSignal.timeout(TIMEOUT_MS)]);
      const answer = await fetchParsed(`${url}?${query}`, presenceAnswer, signal);
      if (answer !== undefined && !abort.signal.aborted) setPresence(answer);
    }, DEBOUNCE_MS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [url, query, round]);
  const again = useCallback(() => setRound((now) => now + 1), []);
  return { presence, again };
}
