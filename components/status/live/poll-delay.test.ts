import { expect, test } from 'vitest';
import { pollDelayMs } from './poll-delay';

test.each([
  { attempt: 0, busyMs: undefined, delayMs: 2000, reason: 'something has just changed' },
  { attempt: 1, busyMs: undefined, delayMs: 2700, reason: 'nothing happened: a little slower' },
  { attempt: 100, busyMs: undefined, delayMs: 30_000, reason: 'never slower than half a minute' },
  { attempt: 0, busyMs: 500, delayMs: 4000, reason: 'a busy bucket slows it down' },
  { attempt: 0, busyMs: 8000, delayMs: 16_000, reason: 'by what the bucket asks for' },
  { attempt: 0, busyMs: 60_000, delayMs: 30_000, reason: 'and stays bounded' },
])('reads again after $delayMs ms: $reason', ({ attempt, busyMs, delayMs }) => {
  expect(pollDelayMs(attempt, busyMs)).toBe(delayMs);
});

test('backs off without ever turning quicker', () => {
  const delays = Array.from({ length: 30 }, (_, attempt) => pollDelayMs(attempt, undefined));
  expect(delays).toEqual(delays.toSorted((a, b) => a - b));
});
