import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EventQueue } from './event-queue';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const failing = () => ({
  attempt: vi.fn(async (): Promise<string | undefined> => 'no'),
  givenUp: vi.fn(),
});

describe('EventQueue', () => {
  it('runs what succeeds once', async () => {
    const event = { attempt: vi.fn(async () => undefined), givenUp: vi.fn() };
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

  it('refuses what is too much, and has room again when that is done', async () => {
    const queue = new EventQueue();
    const events = Array.from({ length: 1000 }, failing);
    for (const event of events) queue.add(event);
    expect(() => queue.add(failing())).toThrow(/Rate Exceeded/);
    queue.cancel();
    await vi.runAllTimersAsync();
    queue.add(failing());
    await vi.runAllTimersAsync();
  });
});
