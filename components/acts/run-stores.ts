/**
 * The runs of this tab: they outlive the page that began them.
 * @module
 */
import { ActRunStore, type Keep, type SendAct } from './act-run-store';

const stores = new Map<string, ActRunStore>();

/** The store of an operator in an environment; on the server one that nobody shares. */
export function runStoreOf(key: string, send: SendAct): ActRunStore {
  const known = stores.get(key);
  if (known !== undefined) return known;
  const made = new ActRunStore({
    send,
    keep: keepAs(`acts:${key}`),
    nowMs: () => performance.now(),
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  });
  if (typeof window !== 'undefined') stores.set(key, made);
  return made;
}

/** Of the tab alone. A browser that keeps nothing, or has no room, loses the way back after a reload and nothing else. */
function keepAs(key: string): Keep {
  return {
    read() {
      try {
        return sessionStorage.getItem(key) ?? undefined;
      } catch {
        return undefined;
      }
    },
    write(text) {
      try {
        if (text === undefined) sessionStorage.removeItem(key);
        else sessionStorage.setItem(key, text);
      } catch {
        // See above.
      }
    },
  };
}
