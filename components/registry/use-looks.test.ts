// @vitest-environment happy-dom
import { act, cleanup, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { UNREAD_PAUSE_MS, UNREAD_RETRIES_MAX, useLooks } from './use-looks';

type Answer = (ids: string[], signal: AbortSignal | null | undefined) => Promise<Record<string, string>>;

/** Which ids were asked for, by request. */
const asked: string[][] = [];
/** The kind of each id's look. */
let answer: Answer;
const all =
  (kind: string): Answer =>
  async (ids) =>
    Object.fromEntries(ids.map((id) => [id, kind]));
const wait = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms));
/** One pause at a time, because a render begins the next. */
async function waitLong() {
  for (let count = 0; count < 2 * UNREAD_RETRIES_MAX; count += 1) await wait(UNREAD_PAUSE_MS);
}
const AB = ['a', 'b'] as const;

const start = (ids: readonly string[] = AB) =>
  renderHook(
    (props: { ids: readonly string[]; readAt: string }) => useLooks('/looks', props.ids, 2, props.readAt),
    {
      initialProps: { ids, readAt: '1' },
    },
  );
const kinds = ({ result }: ReturnType<typeof start>) =>
  Object.fromEntries([...result.current.found].map(([id, { kind }]) => [id, kind]));

beforeEach(() => {
  vi.useFakeTimers();
  asked.length = 0;
  answer = all('waiting');
  vi.stubGlobal('fetch', async (url: string, { signal }: RequestInit) => {
    const ids = new URL(url, 'http://console.test').searchParams.getAll('id');
    asked.push(ids);
    const looks = Object.entries(await answer(ids, signal));
    return Response.json({
      looks: looks.map(([certificateId, kind]) => ({ certificateId, kind })),
      calls: ids.length,
    });
  });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

it('looks at the first few by itself, and at no device twice', async () => {
  const view = start(['a', 'b', 'c']);
  await wait(0);
  expect(asked).toEqual([AB]);
  act(() => view.result.current.look(2));
  await waitLong();
  expect(asked).toEqual([AB, ['c']]);
  expect(view.result.current).toMatchObject({ isLooking: false, calls: 3 });
});

it('looks again, after a pause, at what could not be read', async () => {
  answer = async () => ({ a: 'waiting', b: 'unread' });
  const view = start();
  await wait(0);
  expect(kinds(view)).toEqual({ a: 'waiting', b: 'unread' });
  answer = all('waiting');
  await wait(UNREAD_PAUSE_MS - 1);
  expect(asked).toEqual([AB]);
  await wait(1);
  expect(asked).toEqual([AB, ['b']]);
  expect(kinds(view)).toEqual({ a: 'waiting', b: 'waiting' });
});

it('gives up after some retries that read nothing, until the page is read anew', async () => {
  answer = all('unread');
  const { rerender } = start();
  await waitLong();
  expect(asked).toHaveLength(1 + UNREAD_RETRIES_MAX);
  answer = all('waiting');
  rerender({ ids: AB, readAt: '2' });
  await waitLong();
  expect(asked).toHaveLength(2 + UNREAD_RETRIES_MAX);
});

it('shows new rows first: those that could not be read do not take their turn', async () => {
  answer = all('unread');
  const view = start(['a', 'b', 'c', 'd']);
  await wait(0);
  act(() => view.result.current.look(2));
  await wait(0);
  expect(asked).toEqual([AB, ['c', 'd']]);
});

it('a look that was dropped does not end the one that came after it', async () => {
  const ends: (() => void)[] = [];
  answer = (ids) =>
    new Promise(
      (resolve) => void ends.push(() => resolve(Object.fromEntries(ids.map((id) => [id, 'waiting'])))),
    );
  const view = start(['a']);
  await wait(0);
  view.rerender({ ids: ['a', 'b'], readAt: '2' });
  await wait(0);
  expect(asked).toEqual([['a'], AB]);
  ends[0]?.();
  await wait(0);
  expect(view.result.current.isLooking).toBe(true);
  act(() => view.result.current.look(2));
  await wait(0);
  expect(asked).toHaveLength(2);
  ends[1]?.();
  await wait(0);
  expect(view.result.current.isLooking).toBe(false);
  expect(kinds(view)).toEqual({ a: 'waiting', b: 'waiting' });
});
