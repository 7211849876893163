/**
 * How long to wait before the next try: exponential, with jitter, so that the consoles of a failed broker do not come
 * back all at once (AWS Architecture Blog, "Exponential Backoff And Jitter", equal jitter).
 * @module
 */

/** AWS IoT takes one connect a second and client id (AWS IoT Core quotas). */
export const BACK_OFF_MS_MIN = 1_000;
/** A broker that is back is found again within a minute. Our choice. */
export const BACK_OFF_MS_MAX = 60_000;

/**
 * @param failures - tries that have failed in a row, from 1
 * @param random - from 0 to 1
 * @returns milliseconds: between half of the exponential delay and all of it, and never less than `minMs`
 */
export function backOffMs(failures: number, random: number, minMs = BACK_OFF_MS_MIN): number {
  const delayMs = Math.min(BACK_OFF_MS_MAX, minMs * 2 ** Math.min(failures, 30));
  return Math.max(minMs, Math.round((delayMs * (1 + random)) / 2));
}
