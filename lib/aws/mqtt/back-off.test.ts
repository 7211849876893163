import { expect, it } from 'vitest';
import { BACK_OFF_MS_MAX, BACK_OFF_MS_MIN, backOffMs } from './back-off';

it.each([
  [1, 0, 1_000, 'half of two seconds'],
  [1, 1, 2_000, 'all of it'],
  [3, 0.5, 6_000, 'in between'],
  [6, 1, BACK_OFF_MS_MAX, 'a minute at most'],
  [6, 0, BACK_OFF_MS_MAX / 2, 'and half of it at least'],
  [100_000, 1, BACK_OFF_MS_MAX, 'for however long it takes'],
  [0, 0, BACK_OFF_MS_MIN, 'never sooner than AWS takes another connect'],
])('%d failures and %d by chance: %d ms (%s)', (failures, random, delayMs) => {
  expect(backOffMs(failures, random)).toBe(delayMs);
});
