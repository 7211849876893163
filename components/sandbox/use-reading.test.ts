// @vitest-environment happy-dom
import { act, cleanup, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { useReading } from './use-reading';

const INTERVAL_MS = 1000;
const HALF_AN_HOUR_MS = 30 * 60_000;

const read = vi.fn<(signal: AbortSignal) => Promise<boolean | 'stop'>>();
const onOver = vi.fn();
const reads = () => read.mock.calls.length;
const wait = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms));

function hide(isHidden: boolean) {
  vi.spyOn(document, 'hidden', 'get').mockReturnValue(isHidden);
  return act(async () => void document.dispatchEvent(new Event('visibilitychange')));
}

const start = (isFresh = true) =>
  renderHook(
    ({ isOn }: { isOn: boolean }) => useReading({ isOn, intervalMs: INTERVAL_MS, isFresh, read, onOver }),
    { initialProps: { isOn: true } },
  );

beforeEach(() => {
  vi.useFakeTimers();
  read.mockReset().mockResolvedValue(true);
  onOver.mockReset();
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

it('reads every interval, and at once only what the server has not read', async () => {
  start();
  await wait(INTERVAL_MS - 1);
  expect(reads()).toBe(0);
  await wait(3 * INTERVAL_MS);
  expect(reads()).toBe(3);
  cleanup();
  read.mockClear();
  start(false);
  await wait(0);
  expect(reads()).toBe(1);
});

it('waits longer after each failure, five seconds at most, and not after a success', async () => {
  read.mockResolvedValue(false);
  start(false);
  // At 0, 2, 6, 11, 16 and 21 s.
  await wait(21_000);
  expect(reads()).toBe(6);
  read.mockResolvedValue(true);
  await wait(5000);
  expect(reads()).toBe(7);
  await wait(2 * INTERVAL_MS);
  expect(reads()).toBe(9);
});

it('asks nobody while the tab is hidden, and at once when it is seen again', async () => {
  start();
  await hide(true);
  await wait(60_000);
  expect(reads()).toBe(0);
  await hide(false);
  await wait(0);
  expect(reads()).toBe(1);
});

it('stands still while it is off', async () => {
  const { rerender } = start();
  rerender({ isOn: false });
  await wait(60_000);
  expect(reads()).toBe(0);
  rerender({ isOn: true });
  await wait(0);
  expect(reads()).toBe(1);
});

it('never asks again when it was told to stop', async () => {
  read.mockResolvedValue('stop');
  start();
  await wait(60_000);
  expect(reads()).toBe(1);
});

it('reads at once when asked to, and drops the read under way', async () => {
  let answer: (isRead: boolean) => void = () => {};
  read.mockReturnValueOnce(
    new Promise((resolve) => {
      answer = resolve;
    }),
  );
  const { result } = start(false);
  await wait(0);
  act(() => result.current());
  await wait(0);
  expect(reads()).toBe(2);
  expect(read.mock.calls[0]?.[0].aborted).toBe(true);
  answer(true);
  await wait(INTERVAL_MS);
  expect(reads()).toBe(3);
});

it('ends after half an hour', async () => {
  start();
  await wait(HALF_AN_HOUR_MS + 2 * INTERVAL_MS);
  expect(onOver).toHaveBeenCalledOnce();
  const readsUntilEnd = reads();
  await wait(60_000);
  expect(reads()).toBe(readsUntilEnd);
});
