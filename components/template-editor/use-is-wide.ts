'use client';

import { useSyncExternalStore } from 'react';

/** From here on two views stand beside each other. */
const WIDE = '(min-width: 80rem)';

/** Whether there is room for two views; the server assumes not. */
export function useIsWide(): boolean {
  return useSyncExternalStore(
    (onChange) => {
      const query = window.matchMedia(WIDE);
      query.addEventListener('change', onChange);
      return () => query.removeEventListener('change', onChange);
    },
    () => window.matchMedia(WIDE).matches,
    () => false,
  );
}
