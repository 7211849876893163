import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EventQueue } from './event-queue';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const failing = (bytes = 100) => ({
  bytes,
  attempt: vi.fn(async (): Promise<string | undefined> => 'no'),
  givenUp: vi.fn(),
});

describe('EventQueue', () => {
  it('runs what succeeds once', async () => {
    const event = { bytes: 1, attempt: vi.fn(async () => undefined), givenUp: vi.fn() };
    new EventQueue().add(event);
    await vi.runAllTimersAsync();
    expect(event.attempt).toHaveBeenCalledTimes(1);
    expect(event.givenUp).not.toHaveBeenCalled();
  });

  it('tries what fails twice more, then gives it up with the last failure', async () => {
    const event = failing();
    new EventQueue().add(event);
    await vi.runAllTimersAsync();
    expect(event.attempt).toHaveBeenCalledTimes(3);
    expect(event.givenUp).toHaveBeenCalledExactlyOnceWith({ attempts: 3, failure: 'no' });
  });

  it('runs nothing after a cancellation that was queued before it, and takes new events', async () => {
    const queue = new EventQueue();
    const event = failing();
    queue.add(event);
    await vi.advanceTimersByTimeAsync(10);
    queue.cancel();
    await vi.runAllTimersAsync();
    expect(event.attempt).toHaveBeenCalledTimes(1);
    const later = failing();
    queue.add(later);
    await vi.runAllTimersAsync();
    expect(later.attempt).toHaveBeenCalledTimes(3);
  });

  it.each([
    [10_000, 100, 'their number'],
    [64, 1024 * 1024, 'their bytes'],
  ])(
    'refuses more than %i events of %i bytes, and has room again when they are done (%s)',
    async (count, bytes) => {
      const queue = new EventQueue();
      for (let at = 0; at < count; at += 1) queue.add(failing(bytes));
      expect(() => queue.add(failing(bytes))).toThrow(/Rate Exceeded/);
      queue.cancel();
      await vi.runAllTimersAsync();
      const later = failing(bytes);
      queue.add(later);
      await vi.runAllTimersAsync();
      expect(later.attempt).toHaveBeenCalledTimes(3);
    },
  );
});
