'use client';

import { useSyncExternalStore } from 'react';
import { useNow as useServerNow } from 'use-intl';

/** Relative times are as fresh as this. */
const TICK_MS = 10_000;

function subscribe(onTick: () => void): () => void {
  const timer = setInterval(onTick, TICK_MS);
  return () => clearInterval(timer);
}

/** The end of the tick that runs: between two ticks a snapshot has to stay the same. */
const readMs = () => Math.ceil(Date.now() / TICK_MS) * TICK_MS;

/**
 * The time now in ms, to the next 10 s. While a page of the server comes to life it is the server's, so that both
 * write the same words.
 */
export function useNowMs(): number {
  const server = useServerNow();
  return useSyncExternalStore(subscribe, readMs, () => server.getTime());
}

const never = () => () => {};

/** False on the server and while its page comes to life; then true. For what only the browser knows, as its time zone. */
export function useIsHydrated(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}
