import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EventQueue } from './event-queue';

const onUnexpected = vi.fn();
beforeEach(() => {
  onUnexpected.mockClear();
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
    new EventQueue(onUnexpected).add(event);
    await vi.runAllTimersAsync();
    expect(event.attempt).toHaveBeenCalledTimes(1);
    expect(event.givenUp).not.toHaveBeenCalled();
  });

  it('tries what fails twice more, then gives it up with the last failure', async () => {
    const event = failing();
    new EventQueue(onUnexpected).add(event);
    await vi.runAllTimersAsync();
    expect(event.attempt).toHaveBeenCalledTimes(3);
    expect(event.givenUp).toHaveBeenCalledExactlyOnceWith({ attempts: 3, failure: 'no' });
  });

  it('reports a fault, tries again, and gives the event up with it', async () => {
    const fault = new TypeError('no channel');
    const event = { ...failing(), attempt: vi.fn(() => Promise.reject(fault)) };
    new EventQueue(onUnexpected).add(event);
    await vi.runAllTimersAsync();
    expect(onUnexpected.mock.calls).toEqual([[fault], [fault], [fault]]);
    const failure = 'A fault of the sandbox: no channel';
    expect(event.givenUp).toHaveBeenCalledExactlyOnceWith({ attempts: 3, failure });
  });

  it('reports a fault in giving up, and has room again', async () => {
    const fault = new RangeError('nothing to tell it with');
    const queue = new EventQueue(onUnexpected);
    const event = failing(64 * 1024 * 1024);
    event.givenUp.mockImplementation(() => {
      throw fault;
    });
    queue.add(event);
    await vi.runAllTimersAsync();
    expect(onUnexpected).toHaveBeenCalledExactlyOnceWith(fault);
    expect(() => queue.add(failing())).not.toThrow();
    queue.cancel();
  });

  it('runs nothing after a cancellation that was queued before it, and takes new events', async () => {
    const queue = new EventQueue(onUnexpected);
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
      const queue = new EventQueue(onUnexpected);
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
