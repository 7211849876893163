import { describe, expect, it } from 'vitest';
import type { LiveEvent } from '@/lib/registry/live-event';
import { EVENTS_KEPT_MAX, EventBuffer, type LivePosition } from './event-buffer';

const BEGAN_MS = 1_700_000_000_000;
const at = (seconds: number) => new Date(BEGAN_MS + seconds * 1000);
const event = (number: number): LiveEvent => ({
  kind: 'thing',
  thingName: String(number),
  change: 'created',
  at: at(number).toISOString(),
});
/** One event a second, from the first second on. */
function filled(count: number): EventBuffer {
  const buffer = new EventBuffer('now', at(0));
  for (let number = 1; number <= count; number += 1) buffer.push(event(number), at(number));
  return buffer;
}
const names = (batch: { events: readonly LiveEvent[] } | undefined) =>
  batch?.events.map((one) => one.kind === 'thing' && one.thingName);

describe('who comes late gets what was missed', () => {
  it.each<[LivePosition, string[], string]>([
    [{ after: 'now.1' }, ['2', '3'], 'behind a position'],
    [{ after: 'now.3' }, [], 'nothing has come since'],
    [{ since: at(0) }, ['1', '2', '3'], 'data as old as the listening'],
    [{ since: at(2) }, ['2', '3'], 'data of the very moment: rather twice than never'],
    [{ since: at(9) }, [], 'data of now'],
  ])('%j: %j (%s)', (position, missed) => {
    const batch = filled(3).since(position, at(9));
    expect(names(batch)).toEqual(missed);
    expect(batch?.id).toBe('now.3');
  });
});

describe('or hears that something of it is not to be had', () => {
  it.each<[LivePosition, string]>([
    [{ after: 'before.1' }, 'a position of another time'],
    [{ after: 'now.4' }, 'a position that never was'],
    [{ after: 'now.-1' }, 'a position that cannot be'],
    [{ after: 'now.' }, 'half a position'],
    [{ after: '' }, 'no position'],
    [{ since: at(-1) }, 'data older than the listening'],
  ])('%j (%s)', (position) => {
    expect(filled(3).since(position, at(9))).toBeUndefined();
  });

  it('when it was dropped, of which there is a bound', () => {
    const count = EVENTS_KEPT_MAX * 3;
    const buffer = filled(count);
    expect(buffer.since({ after: 'now.1' }, at(9))).toBeUndefined();
    expect(buffer.since({ since: at(1) }, at(9))).toBeUndefined();
    expect(buffer.since({ after: `now.${count - EVENTS_KEPT_MAX}` }, at(9))?.events).toHaveLength(
      EVENTS_KEPT_MAX,
    );
    expect(buffer.since({ since: at(count - EVENTS_KEPT_MAX + 1) }, at(9))?.events).toHaveLength(
      EVENTS_KEPT_MAX,
    );
  });
});
