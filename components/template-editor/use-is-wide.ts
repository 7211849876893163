'use client';

import { useSyncExternalStore } from 'react';

/** From here on two views stand beside each other. */
const WIDE = '(min-width: 80rem)';

/** Whether there is room for two views; the server assumes not. */
export function useIsWide(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => isWide ?? window.matchMedia(WIDE).matches,
    () => false,
  );
}

/** Kept while somebody listens: asking the browser costs more than a key should. */
let isWide: boolean | undefined;

function subscribe(onChange: () => void): () => void {
  const query = window.matchMedia(WIDE);
  isWide = query.matches;
  const note = () => {
    isWide = query.matches;
    onChange();
  };
  query.addEventListener('change', note);
  return () => {
    isWide = undefined;
    query.removeEventListener('change', note);
  };
}
