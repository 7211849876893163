'use client';

import { useSyncExternalStore } from 'react';

/**
 * The one-time token in the page's fragment, which no server ever sees. It stays in the address until it is used, so that a reload
 * loses nothing.
 *
 * @returns `undefined` while the page is being loaded, `null` when the address has none
 */
export function useLinkToken(): string | null | undefined {
  return useSyncExternalStore(subscribe, readToken, () => undefined);
}

function subscribe(changed: () => void): () => void {
  window.addEventListener('hashchange', changed);
  return () => window.removeEventListener('hashchange', changed);
}

function readToken(): string | null {
  return new URLSearchParams(window.location.hash.slice(1)).get('token');
}
