/**
 * What an open page knows of the sandbox, and how an answer changes it.
 * @module
 */
import type { SandboxEvent, SandboxFault } from '@/lib/registry/sandbox-activity';
import { EVENTS_HELD_MAX, type Live } from './answers';
import type { Trouble } from './ask-console';

export type LiveState = {
  /** Newest first. */
  events: readonly SandboxEvent[];
  /** Older ones than those held have been dropped. */
  isCut: boolean;
  cursor: Live['cursor'];
  faults: readonly SandboxFault[];
  trouble: Trouble | undefined;
  /** The sandbox was emptied or started anew while the page was open. */
  isAnew: boolean;
};

const NOTHING: LiveState = {
  events: [],
  isCut: false,
  cursor: undefined,
  faults: [],
  trouble: undefined,
  isAnew: false,
};

export const begin = (first: Live | Trouble): LiveState =>
  'kind' in first ? { ...NOTHING, trouble: first } : withLive(NOTHING, first);

/** Puts what was read in front of what is there, or in its place. */
export function withLive(state: LiveState, { events, cursor, isContinuation, faults }: Live): LiveState {
  const fresh = events.toReversed();
  const all = isContinuation ? [...fresh, ...state.events] : fresh;
  return {
    events:
      all.length === state.events.length && isContinuation ? state.events : all.slice(0, EVENTS_HELD_MAX),
    isCut: (isContinuation && state.isCut) || all.length >= EVENTS_HELD_MAX,
    cursor,
    faults,
    trouble: undefined,
    isAnew: state.isAnew || (!isContinuation && state.cursor !== undefined),
  };
}

/** Whether nothing on the screen would change, so that it need not be drawn every second. */
export const looksSame = (a: LiveState, b: LiveState): boolean =>
  a.events === b.events &&
  a.isCut === b.isCut &&
  a.isAnew === b.isAnew &&
  JSON.stringify([a.faults, a.trouble]) === JSON.stringify([b.faults, b.trouble]);

/** Leaves the events as they are; the next read begins where they end. */
export const withFaults = (state: LiveState, { faults }: Live): LiveState => ({
  ...state,
  faults,
  trouble: undefined,
});

export const withTrouble = (state: LiveState, trouble: Trouble): LiveState => ({ ...state, trouble });
