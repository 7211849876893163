/**
 * One run of one act over many devices, as data: what was asked, what became of each, what is left.
 * @module
 */
import type { Failure } from '@/lib/failure';
import type { Act, AnyStepReport } from '@/lib/registry/act';
import type { Approval } from '@/lib/registry/approval';

/** A device that is acted on: a certificate by its id, or a thing by its name. */
export type ActSubject = {
  id: string;
  /** What people call it, where that is known: a CN or a thing's name. */
  name?: string | undefined;
  /** AWS's status when it was picked. */
  status?: string | undefined;
};

/** `unchanged`: it was so already, or gone. */
export type ItemState = 'waiting' | 'done' | 'unchanged' | 'failed';

export type ActItem = {
  subject: ActSubject;
  state: ItemState;
  steps: readonly AnyStepReport[];
  failure: Failure | undefined;
};

/**
 * `pausing`: the batch that was sent is still under way; `interrupted`: the page was left in the middle;
 * `stopped`: no further batch was let through, `failure` says why.
 */
export type RunPhase =
  | 'running'
  | 'pausing'
  | 'paused'
  | 'stopped'
  | 'interrupted'
  | 'cancelled'
  | 'finished';

export type ActRun = {
  act: Act;
  /** What an `approve` gives each certificate. */
  approval: Approval | undefined;
  items: readonly ActItem[];
  phase: RunPhase;
  failure: Failure | undefined;
  /** Time spent acting, pauses left out, and how many were settled in it. */
  activeMs: number;
  settledCount: number;
};

export type RunCounts = Record<ItemState, number> & { total: number };

export const newRun = (act: Act, subjects: readonly ActSubject[], approval?: Approval): ActRun => ({
  act,
  approval,
  items: subjects.map((subject) => ({ subject, state: 'waiting', steps: [], failure: undefined })),
  phase: 'running',
  failure: undefined,
  activeMs: 0,
  settledCount: 0,
});

export function countsOf({ items }: ActRun): RunCounts {
  const counts: RunCounts = { waiting: 0, done: 0, unchanged: 0, failed: 0, total: items.length };
  for (const { state } of items) counts[state] += 1;
  return counts;
}

/** The items with what became of some of them, by id. */
export const settle = (
  items: readonly ActItem[],
  settled: ReadonlyMap<string, Omit<ActItem, 'subject'>>,
): ActItem[] => items.map((item) => ({ ...item, ...settled.get(item.subject.id) }));

/** What failed waits again; everything else stays as it is. */
export const withFailedWaiting = (items: readonly ActItem[]): ActItem[] =>
  items.map((item) =>
    item.state === 'failed' ? { ...item, state: 'waiting', steps: [], failure: undefined } : item,
  );

/** Milliseconds until the rest is done at the pace so far; undefined as long as there is no pace. */
export function timeLeftMs(run: ActRun): number | undefined {
  if (run.settledCount === 0 || run.activeMs === 0) return undefined;
  return (countsOf(run).waiting * run.activeMs) / run.settledCount;
}
