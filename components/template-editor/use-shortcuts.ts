'use client';

import { type KeyboardEvent, useCallback } from 'react';

/** Undo and redo by the keys that everybody knows, wherever in the editor one is; dialogs have their own texts. */
export function useShortcuts(
  onDeed: (deed: { kind: 'undo' | 'redo' }) => void,
): (event: KeyboardEvent<HTMLElement>) => void {
  return useCallback(
    (event) => {
      const isHere = event.target instanceof Node && event.currentTarget.contains(event.target);
      if (!isHere || !(event.ctrlKey || event.metaKey) || event.altKey) return;
      const key = event.key.toLowerCase();
      const kind = key === 'y' || (key === 'z' && event.shiftKey) ? 'redo' : key === 'z' ? 'undo' : undefined;
      if (kind === undefined) return;
      event.preventDefault();
      onDeed({ kind });
    },
    [onDeed],
  );
}
