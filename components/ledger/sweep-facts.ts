/**
 * A sweep as its card shows it: plain data that travels to the browser.
 * @module
 */
export type SweepScope = 'registered-cas' | 'account';

export type SweepFacts = {
  id: string;
  /** `account`: every certificate, also those of no registered CA. */
  scope: SweepScope;
  /** `partial`: done, and some of it could not be seen. */
  state: 'running' | 'done' | 'partial' | 'cancelled' | 'failed';
  /** Undefined: the schedule. */
  startedByName: string | undefined;
  /** ISO 8601. */
  startedAt: string;
  endedAt: string | undefined;
  step: 'cas' | 'certificates' | 'account' | 'details' | 'index' | 'end';
  /** The CA whose certificates are being listed, of all that were found. */
  ca: { number: number; count: number };
  counts: {
    listed: number;
    changed: number;
    added: number;
    deleted: number;
    indexed: number;
    refused: number;
  };
  index: 'not-asked' | 'off' | 'building' | 'read';
  unseen: readonly SweepGap[];
  unseenCount: number;
  /** Why it holds back now. */
  waitingFor: string | undefined;
};

type SweepGap = {
  part: 'cas' | 'ca' | 'account' | 'details' | 'index' | 'sweep';
  id: string | undefined;
  reason: string;
  /** AWS's own text. */
  message: string;
};

type Run = {
  id: string;
  state: 'running' | 'done' | 'cancelled' | 'failed';
  startedByName: string | null;
  startedAt: Date;
  endedAt: Date | null;
  progress: {
    scope: SweepScope;
    step: SweepFacts['step'];
    caIds: readonly string[];
    counts: Record<
      'casFound' | 'listed' | 'changed' | 'added' | 'deleted' | 'indexed' | 'throttled' | 'failed',
      number
    >;
    unseen: readonly { part: SweepGap['part']; id: string | null; reason: string; message: string }[];
    unseenCount: number;
    index: SweepFacts['index'];
    waiting: { reason: string } | null;
  };
};

export function toSweepFacts({ id, state, startedByName, startedAt, endedAt, progress }: Run): SweepFacts {
  const { scope, step, caIds, counts, unseen, unseenCount, index, waiting } = progress;
  const { casFound, listed, changed, added, deleted, indexed, throttled, failed } = counts;
  return {
    id,
    scope,
    state: state === 'done' && unseenCount > 0 ? 'partial' : state,
    startedByName: startedByName ?? undefined,
    startedAt: startedAt.toISOString(),
    endedAt: endedAt?.toISOString(),
    step,
    ca: { number: Math.max(1, Math.min(casFound, casFound - caIds.length + 1)), count: casFound },
    counts: { listed, changed, added, deleted, indexed, refused: throttled + failed },
    index,
    unseen: unseen.map((gap) => ({ ...gap, id: gap.id ?? undefined })),
    unseenCount,
    waitingFor: waiting?.reason,
  };
}
