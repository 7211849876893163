import { describe, expect, it } from 'vitest';
import type { SandboxEvent, SandboxFault } from '@/lib/registry/sandbox-activity';
import { EVENTS_HELD_MAX, type Live } from './answers';
import { begin, looksSame, withFaults, withLive, withTrouble } from './live-state';

const AT = '2026-03-01T10:00:00.000Z';
const FAULT: SandboxFault = { id: 'f', operation: 'DescribeThing', fault: 'throttling', fired: 0 };

const event = (sequence: number, at = AT): SandboxEvent => ({
  sequence,
  at,
  code: 'provisioned',
  message: 'm',
});
const read = (from: number, to: number, isContinuation: boolean, faults: SandboxFault[] = []): Live => ({
  events: Array.from({ length: to - from + 1 }, (_, index) => event(from + index)),
  cursor: { sequence: to, at: AT },
  isContinuation,
  faults,
});
const sequences = ({ events }: { events: readonly SandboxEvent[] }) => events.map(({ sequence }) => sequence);

describe('an open page', () => {
  it('shows the newest first and puts what follows on top', () => {
    const state = withLive(begin(read(1, 3, false)), read(4, 5, true));
    expect(sequences(state)).toEqual([5, 4, 3, 2, 1]);
    expect(state).toMatchObject({ isAnew: false, isCut: false, cursor: { sequence: 5 } });
  });

  it('keeps its list as it is when nothing has happened, so that nothing is drawn again', () => {
    const state = begin(read(1, 3, false));
    const nothing: Live = { events: [], cursor: state.cursor, isContinuation: true, faults: [] };
    expect(withLive(state, nothing).events).toBe(state.events);
    expect(looksSame(withLive(state, nothing), state)).toBe(true);
    const past: Live = { ...nothing, cursor: { sequence: 9, at: AT } };
    expect(looksSame(withLive(state, past), state)).toBe(true);
  });

  it.each([
    { change: read(4, 4, true), why: 'an event' },
    { change: { ...read(4, 3, true), faults: [FAULT] }, why: 'a fault' },
    { change: read(1, 3, false), why: 'a new beginning' },
  ])('is drawn again for $why', ({ change }) => {
    const state = begin(read(1, 3, false));
    expect(looksSame(withLive(state, change), state)).toBe(false);
    const withFault = withLive(state, { ...read(4, 3, true), faults: [FAULT] });
    const fired = withLive(withFault, { ...read(4, 3, true), faults: [{ ...FAULT, fired: 1 }] });
    expect(looksSame(fired, withFault)).toBe(false);
    expect(looksSame(withTrouble(state, { kind: 'no-answer' }), state)).toBe(false);
  });

  it('holds a bounded number of events, and says so', () => {
    const full = begin(read(1, EVENTS_HELD_MAX, false));
    const more = withLive(full, read(EVENTS_HELD_MAX + 1, EVENTS_HELD_MAX + 5, true));
    expect(more.events).toHaveLength(EVENTS_HELD_MAX);
    expect(more).toMatchObject({ isCut: true, events: { 0: { sequence: EVENTS_HELD_MAX + 5 } } });
  });

  it.each([
    { next: read(1, 2, false), shown: [2, 1], why: 'was started anew and has events' },
    {
      next: { events: [], cursor: undefined, isContinuation: false, faults: [] },
      shown: [],
      why: 'was emptied',
    },
  ])('shows what there is, and says why the rest is gone, when the sandbox $why', ({ next, shown }) => {
    const state = withLive(begin(read(1, 30, false)), next);
    expect(sequences(state)).toEqual(shown);
    expect(state.isAnew).toBe(true);
  });

  it('of a sandbox without events says nothing of a new beginning when the first one comes', () => {
    const empty = begin({ events: [], cursor: undefined, isContinuation: false, faults: [] });
    expect(withLive(empty, read(1, 1, false))).toMatchObject({ isAnew: false, events: [{ sequence: 1 }] });
  });

  it('keeps what it has while nothing can be read, and forgets the trouble with the next answer', () => {
    const lost = withTrouble(begin(read(1, 2, false)), { kind: 'no-answer' });
    expect(sequences(lost)).toEqual([2, 1]);
    expect(withLive(lost, read(3, 3, true))).toMatchObject({ trouble: undefined, cursor: { sequence: 3 } });
  });

  it('that is paused takes in the faults alone, and misses no event', () => {
    const state = withFaults(begin(read(1, 2, false)), read(3, 4, true, [FAULT]));
    expect(sequences(state)).toEqual([2, 1]);
    expect(state).toMatchObject({ faults: [FAULT], cursor: { sequence: 2 } });
  });

  it('begins with the trouble when the server could not read either', () => {
    expect(begin({ kind: 'no-answer' })).toMatchObject({ trouble: { kind: 'no-answer' }, events: [] });
  });
});
