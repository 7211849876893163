/**
 * The periods that people think in when certificates come to their end. They do not overlap: each begins where the one before ends.
 * @module
 */

const DAY_MS = 86_400_000;

/** `days` from now, before which its last certificate ends; undefined: however late. */
export const EXPIRY_PERIODS = [
  { key: 'expired', days: 0 },
  { key: 'week', days: 7 },
  { key: 'month', days: 30 },
  { key: 'quarter', days: 90 },
  { key: 'year', days: 365 },
  { key: 'later', days: undefined },
] as const;

export const EXPIRY_KEYS = EXPIRY_PERIODS.map(({ key }) => key);
export type ExpiryKey = (typeof EXPIRY_PERIODS)[number]['key'];

/** The first moment of a period and the first one after it; undefined: no bound on that side. */
export function expiryPeriod(
  key: ExpiryKey,
  now: Date,
): { expiresFrom: Date | undefined; expiresBefore: Date | undefined } {
  const index = EXPIRY_KEYS.indexOf(key);
  const from = EXPIRY_PERIODS[index - 1]?.days;
  const before = EXPIRY_PERIODS[index]?.days;
  const at = (days: number | undefined) =>
    days === undefined ? undefined : new Date(now.getTime() + days * DAY_MS);
  return { expiresFrom: at(from), expiresBefore: at(before) };
}
