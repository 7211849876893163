/** How often a ladder is read: quickly where something is about to happen, then ever more slowly. Our choice. */
const FIRST_DELAY_MS = 2000;
const DELAY_MS_MAX = 30_000;
const GROWTH = 1.35;

/** A device that nobody has switched on by then may take days: the page stops asking AWS. Our choice. */
export const WATCH_MS_MAX = 30 * 60_000;

/**
 * The wait before the next read.
 *
 * @param attempt - reads since something changed, from 0
 * @param busyMs - what the environment's token bucket asked for, when it was empty
 */
export function pollDelayMs(attempt: number, busyMs: number | undefined): number {
  const delay = Math.min(DELAY_MS_MAX, Math.round(FIRST_DELAY_MS * GROWTH ** attempt));
  // Twice what was asked: others wait for the same bucket.
  return busyMs === undefined ? delay : Math.min(DELAY_MS_MAX, Math.max(2 * delay, 2 * busyMs));
}
