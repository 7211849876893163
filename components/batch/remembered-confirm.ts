import { dropEnding, noteEnding } from './told-endings';
import type { BatchActions } from './use-batch-run';

/** Tells the server that a batch is delivered, and keeps the word until it has answered. */
export const rememberedConfirm =
  (confirm: BatchActions['confirm']): BatchActions['confirm'] =>
  async (told) => {
    const store = window.localStorage;
    noteEnding(store, { ...told, isSaid: true });
    const answer = await confirm(told);
    if (answer.ok) dropEnding(store, told.batch);
    return answer;
  };
