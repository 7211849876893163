'use client';

import { useEffect } from 'react';
import type { BatchState } from './batch-state';
import { dropEnding, noteEnding } from './told-endings';

/** Keeps, over the loss of the tab, that a whole archive was handed to the browser and which: only the person knows whether it was saved. */
export function useNotedOutput(environment: string, state: BatchState): void {
  const isOut =
    state.kind === 'written' &&
    state.target === 'download' &&
    state.isListGiven &&
    state.failure === undefined;
  const batch = isOut ? state.batch : undefined;
  const manifestSha256 = isOut ? state.end.manifestSha256 : undefined;
  useEffect(() => {
    if (batch === undefined || manifestSha256 === undefined) return;
    noteEnding(window.localStorage, { environment, batch, manifestSha256, isSaid: false });
  }, [environment, batch, manifestSha256]);
  // An earlier output of the same batch may have been handed out: with a word for that one, the list of this one would be lost.
  const waiting = state.kind === 'written' && !state.isListGiven ? state.batch : undefined;
  useEffect(() => {
    if (waiting !== undefined) dropEnding(window.localStorage, waiting);
  }, [waiting]);
}
