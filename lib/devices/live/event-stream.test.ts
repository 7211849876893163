import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { LIVE_BEAT_MS } from '@/lib/registry/live-event';
import type { EnvironmentFeed, FeedListener } from './environment-feed';
import { eventStream } from './event-stream';

const AT = '2026-11-22T10:00:00.000Z';
const EVENT = { kind: 'thing', thingName: 'x\ny', change: 'created', at: AT } as const;

let listener: FeedListener | undefined;
const leave = vi.fn();
const feed: Pick<EnvironmentFeed, 'listen'> = {
  listen(heard) {
    listener = heard;
    heard.state({ kind: 'connecting' });
    return { ok: true, value: leave };
  },
};
beforeEach(() => {
  vi.useFakeTimers({ now: new Date(AT) });
  leave.mockClear();
});
afterEach(() => void vi.useRealTimers());

async function read(response: Response, count: number): Promise<string> {
  const reader = response.body?.getReader();
  let text = '';
  for (let number = 0; number < count; number += 1)
    text += new TextDecoder().decode((await reader?.read())?.value);
  reader?.releaseLock();
  return text;
}
const open = (abort = new AbortController()) => ({
  abort,
  response: eventStream(feed, undefined, abort.signal),
});

it('writes events as the HTML Standard wants them, with the position to come back to', async () => {
  const { response } = open();
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store, no-transform',
  });
  listener?.reload('a.0');
  listener?.events({ id: 'a.1', at: AT, events: [EVENT] });
  await vi.advanceTimersByTimeAsync(LIVE_BEAT_MS);
  expect(await read(response, 5)).toBe(
    `retry: 1000

event: state
data: {"kind":"connecting"}

id: a.0
event: reload
data: {"at":"${AT}"}

id: a.1
event: events
data: {"at":"${AT}","events":[{"kind":"thing","thingName":"x\\ny","change":"created","at":"${AT}"}]}

event: beat
data: {}

`,
  );
});

it('leaves the feed with the page', () => {
  const { abort } = open();
  abort.abort();
  expect(leave).toHaveBeenCalledOnce();
});

it('ends after a while, so that the permission is asked for anew', async () => {
  open();
  await vi.advanceTimersByTimeAsync(9 * 60_000);
  expect(leave).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(leave).toHaveBeenCalledOnce();
});

it('keeps nothing for a page that does not read: it ends, and the page catches up when it comes back', () => {
  open();
  for (let number = 0; number < 10_000; number += 1) {
    listener?.events({ id: `a.${number}`, at: AT, events: [EVENT] });
  }
  expect(leave).toHaveBeenCalledOnce();
});

it('turns away one page too many, and says why', async () => {
  const full = { listen: () => ({ ok: false, failure: { limit: 7 } }) as const };
  const text = await eventStream(full, undefined, new AbortController().signal).text();
  expect(text).toContain('event: state\ndata: {"kind":"off","why":"full","detail":"7",');
  expect(vi.getTimerCount()).toBe(0);
});
