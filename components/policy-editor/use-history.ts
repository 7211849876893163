'use client';

import { useState } from 'react';
import { record, redo, startHistory, undo } from '@/lib/provisioning/document/history';

/** Letters typed closer together than this are undone as one; our choice. */
const GROUP_MS = 1000;

/** A text that can be undone and redone. */
export function useHistory(initial: string) {
  const [history, setHistory] = useState(() => startHistory(initial));
  const [lastMs, setLastMs] = useState(0);
  return {
    present: history.present,
    canUndo: history.past.length > 0,
    canRedo: history.future.length > 0,
    /** `group`: changes with the same one right after one another are undone as one; without it each is a step. */
    change(text: string, group?: string) {
      const nowMs = Date.now();
      // A long pause begins a new step.
      const isPause = nowMs - lastMs >= GROUP_MS;
      setLastMs(nowMs);
      setHistory(record(isPause ? { ...history, group: undefined } : history, text, group));
    },
    undo: () => setHistory(undo(history)),
    redo: () => setHistory(redo(history)),
  };
}
