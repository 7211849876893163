// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LIVE_BEAT_MS, LIVE_FULL_MS } from '@/lib/registry/live-event';
import { LiveStream } from './live-stream';
import { at, FakeEventSource } from './testing/fake-event-source';

const connections = () => FakeEventSource.opened;
const open = () => connections().filter(({ readyState }) => readyState !== 2);
const server = () => FakeEventSource.latest();
const askedFor = () => Object.fromEntries(new URL(server().url, 'http://x').searchParams);
function view(stream: LiveStream, readAtSecond: number) {
  const heard: string[] = [];
  const detach = stream.attach({
    readAt: () => at(readAtSecond),
    events: (events) => heard.push(...events.map((event) => (event.kind === 'thing' ? event.thingName : ''))),
    reload: () => heard.push('reload'),
  });
  return { heard, detach };
}
let isHidden = false;
function look(hidden: boolean): void {
  isHidden = hidden;
  document.dispatchEvent(new Event('visibilitychange'));
}

let stream: LiveStream;
const views: { detach(): void }[] = [];
const attach = (readAtSecond = 10) => {
  const attached = view(stream, readAtSecond);
  views.push(attached);
  return attached;
};
beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('EventSource', FakeEventSource);
  vi.spyOn(document, 'hidden', 'get').mockImplementation(() => isHidden);
  isHidden = false;
  FakeEventSource.opened = [];
  stream = new LiveStream('/e/x/live');
});
afterEach(async () => {
  for (const { detach } of views.splice(0)) detach();
  await vi.advanceTimersByTimeAsync(5_000);
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

describe('the views of a tab', () => {
  it('share one connection, from the time of the oldest data on', () => {
    const one = attach(10);
    expect(askedFor()).toEqual({ since: at(10) });
    const other = attach(12);
    server().live();
    server().news(13, 'a.1', ['x', 'y']);
    expect(connections()).toHaveLength(1);
    expect([one.heard, other.heard]).toEqual([
      ['x', 'y'],
      ['x', 'y'],
    ]);
  });

  it('hang up some time after the last of them, and begin anew', async () => {
    attach().detach();
    await vi.advanceTimersByTimeAsync(1_000);
    const next = attach(11);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(connections()).toHaveLength(1);
    next.detach();
    await vi.advanceTimersByTimeAsync(3_000);
    expect(open()).toEqual([]);
    attach(20);
    expect(askedFor()).toEqual({ since: at(20) });
  });

  it.each([
    [15, ['y'], 'what came since its data was read'],
    [14, ['x', 'y'], 'rather twice than never'],
    [20, [], 'nothing came since'],
    [9, ['reload'], 'its data is older than the listening'],
  ])('one that comes later, with data of second %d, hears %j (%s)', (second, heard) => {
    attach(10);
    server().live();
    server().news(14, 'a.1', ['x']);
    server().news(16, 'a.2', ['y']);
    expect(attach(second).heard).toEqual(heard);
  });

  it('all read anew when something may have been missed', () => {
    const [one, other] = [attach(), attach()];
    server().live();
    server().say('reload', { at: at(30) }, 'b.0');
    expect([one.heard, other.heard]).toEqual([['reload'], ['reload']]);
    expect(attach(29).heard).toEqual(['reload']);
    expect(attach(31).heard).toEqual([]);
  });
});

describe('a hidden tab', () => {
  it('hangs up, and catches up from where it was', () => {
    attach();
    server().live();
    server().news(12, 'a.7', ['x']);
    look(true);
    expect(open()).toEqual([]);
    look(false);
    expect(askedFor()).toEqual({ after: 'a.7' });
  });

  it('does not even begin', () => {
    look(true);
    attach();
    expect(connections()).toEqual([]);
    look(false);
    expect(open()).toHaveLength(1);
  });
});

describe('a connection that is lost', () => {
  it('is not said for the moment in which the browser comes back by itself', async () => {
    attach();
    server().live();
    server().fail(0);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(stream.status().kind).toBe('live');
    await vi.advanceTimersByTimeAsync(3_000);
    expect(stream.status()).toEqual({ kind: 'lost' });
    server().live();
    expect(stream.status().kind).toBe('live');
  });

  it('is said, and opened again later, when the browser has given up', async () => {
    attach();
    server().fail(2);
    expect(stream.status()).toEqual({ kind: 'lost' });
    expect(open()).toEqual([]);
    await vi.advanceTimersByTimeAsync(16_000);
    expect(open()).toHaveLength(1);
  });

  it('is not said of a console whose places are taken, which is asked again later', async () => {
    attach();
    const full = { kind: 'off', why: 'full', detail: '200', retryAt: at(70) } as const;
    server().state(full);
    await vi.advanceTimersByTimeAsync(LIVE_FULL_MS - 1);
    expect(open()).toEqual([]);
    expect(stream.status()).toEqual(full);
    await vi.advanceTimersByTimeAsync(1);
    expect(open()).toHaveLength(1);
  });

  it('is found by its silence', async () => {
    attach();
    server().live();
    server().news(12, 'a.7', ['x']);
    for (let beat = 0; beat < 10; beat += 1) {
      await vi.advanceTimersByTimeAsync(LIVE_BEAT_MS);
      server().say('beat', {});
    }
    expect(connections()).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(3 * LIVE_BEAT_MS);
    expect(connections()).toHaveLength(2);
    expect(askedFor()).toEqual({ after: 'a.7' });
    expect(stream.status()).toEqual({ kind: 'lost' });
  });
});
