/**
 * What the pages keep in the tab's storage over a reload; gone with the session that wrote it.
 * @module
 */

/** Begins the key of everything that is stored, so that it can be found again. */
export const DRAFT_PREFIX = 'jitp-console/draft/';

/** Removes every draft of this tab, whoever wrote it. */
export function clearDrafts(storage: Pick<Storage, 'length' | 'key' | 'removeItem'>): void {
  const keys = Array.from({ length: storage.length }, (_, index) => storage.key(index));
  for (const key of keys) {
    if (key?.startsWith(DRAFT_PREFIX)) storage.removeItem(key);
  }
}
