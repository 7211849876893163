import { expect, it } from 'vitest';
import { EXPIRY_KEYS, expiryPeriod } from './expiry-periods';

it('each period begins where the one before ends, and together they leave no moment out', () => {
  const now = new Date('2026-11-22T12:00:00Z');
  const periods = EXPIRY_KEYS.map((key) => expiryPeriod(key, now));
  expect(periods[0]).toEqual({ expiresFrom: undefined, expiresBefore: now });
  for (const [index, { expiresFrom }] of periods.slice(1).entries()) {
    expect(expiresFrom).toEqual(periods[index]?.expiresBefore);
  }
  expect(periods.at(-1)?.expiresBefore).toBeUndefined();
});
