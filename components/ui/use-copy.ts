'use client';

import { useEffect, useState } from 'react';

/** How long "Copied" stays. */
const COPIED_MS = 2000;

export type CopyState = 'idle' | 'copied' | 'failed';

/** Copies to the clipboard; `failed` where the browser refuses, as it does outside secure contexts. */
export function useCopy(): { state: CopyState; copy: (text: string) => void } {
  const [state, setState] = useState<CopyState>('idle');

  useEffect(() => {
    if (state === 'idle') return;
    const timer = setTimeout(() => setState('idle'), COPIED_MS);
    return () => clearTimeout(timer);
  }, [state]);

  function copy(text: string) {
    if (!navigator.clipboard) return setState('failed');
    navigator.clipboard.writeText(text).then(
      () => setState('copied'),
      () => setState('failed'),
    );
  }

  return { state, copy };
}
