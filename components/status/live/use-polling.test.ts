// @vitest-environment happy-dom
import { act, cleanup, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { InConsole } from '@/components/ui/testing/in-console';
import { pollDelayMs, WATCH_MS_MAX } from './poll-delay';
import { usePolling } from './use-polling';

const { router, server } = vi.hoisted(() => ({ router: { refresh: vi.fn() }, server: { isAway: false } }));
vi.mock('next/navigation', () => ({ useRouter: () => router }));
vi.mock('@/components/ui/console-answers', () => ({ consoleAnswers: async () => !server.isAway }));

const reads = () => router.refresh.mock.calls.length;
/** In steps: React renders what a step has done only at its end. */
const STEP_MS = 10_000;
async function wait(ms: number) {
  for (let left = ms; left > 0; left -= STEP_MS) {
    await act(() => vi.advanceTimersByTimeAsync(Math.min(left, STEP_MS)));
  }
}
const comeBack = () => act(async () => void window.dispatchEvent(new Event('focus')));
const poll = (phase = 'awaiting') =>
  renderHook((props: { phase: string }) => usePolling({ isOn: true, busyMs: undefined, ...props }), {
    wrapper: InConsole,
    initialProps: { phase },
  });

beforeEach(() => {
  vi.useFakeTimers();
  router.refresh.mockClear();
  server.isAway = false;
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

it('ends after half an hour without a change, and goes on when told to', async () => {
  const { result } = poll();
  await wait(WATCH_MS_MAX);
  expect(result.current.isOver).toBe(true);
  const readsUntilEnd = reads();
  expect(readsUntilEnd).toBeGreaterThan(10);
  await wait(WATCH_MS_MAX);
  expect(reads()).toBe(readsUntilEnd);

  await act(async () => result.current.watchOn());
  expect(reads()).toBe(readsUntilEnd + 1);
  await wait(pollDelayMs(0, undefined));
  expect(result.current.isOver).toBe(false);
  expect(reads()).toBe(readsUntilEnd + 2);
});

it('begins a new half hour when something has changed', async () => {
  const { result, rerender } = poll();
  await wait(WATCH_MS_MAX - 1000);
  rerender({ phase: 'provisioning' });
  await wait(WATCH_MS_MAX - 1000);
  expect(result.current.isOver).toBe(false);
});

it('reads once for who comes back to the window, and not more quickly from then on', async () => {
  poll();
  await wait(10 * 60_000);
  await wait(pollDelayMs(0, undefined));
  const before = reads();
  await comeBack();
  await comeBack();
  expect(reads()).toBe(before + 1);
  await wait(pollDelayMs(5, undefined));
  expect(reads()).toBe(before + 1);
});

it('reads once for who comes back after the end', async () => {
  poll();
  await wait(2 * WATCH_MS_MAX);
  const before = reads();
  await comeBack();
  await wait(WATCH_MS_MAX);
  expect(reads()).toBe(before + 1);
});

it('goes on once a console that was away answers again', async () => {
  poll();
  server.isAway = true;
  await wait(60_000);
  expect(reads()).toBe(0);
  server.isAway = false;
  await wait(60_000);
  expect(reads()).toBeGreaterThan(0);
});
