/**
 * Undo and redo of a document, as data.
 * @module
 */

export type History<State> = {
  readonly past: readonly State[];
  readonly present: State;
  readonly future: readonly State[];
  /** Changes with the same key right after one another, the letters of a word for example, are undone as one. */
  readonly group: string | undefined;
};

/** Steps that can be undone. Ten thousand characters a step: some megabytes at most. Our choice. */
const STEPS_MAX = 500;

export const startHistory = <State>(present: State): History<State> => ({
  past: [],
  present,
  future: [],
  group: undefined,
});

/** Notes a change; a state equal to the present one is no change. */
export function record<State>(history: History<State>, state: State, group?: string): History<State> {
  if (state === history.present) return history;
  const isContinued = group !== undefined && group === history.group;
  const past = isContinued ? history.past : [...history.past, history.present].slice(-STEPS_MAX);
  return { past, present: state, future: [], group };
}

export function undo<State>({ past, present, future, ...history }: History<State>): History<State> {
  const previous = past.at(-1);
  if (previous === undefined) return { past, present, future, ...history };
  return { past: past.slice(0, -1), present: previous, future: [present, ...future], group: undefined };
}

export function redo<State>({ past, present, future, ...history }: History<State>): History<State> {
  const [next, ...rest] = future;
  if (next === undefined) return { past, present, future, ...history };
  return { past: [...past, present], present: next, future: rest, group: undefined };
}
