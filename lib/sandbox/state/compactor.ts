import type { FileJournal } from './journal';
import { removeTails } from './journal-files';
import { openTail, writeSnapshot } from './snapshot';
import type { Store } from './store';

/** Entries that no longer count before a snapshot is worth its writing while requests are served. */
const STALE_ENTRIES_MIN = 20_000;

export type CompactorParts = {
  directory: string;
  store: Store;
  journal: FileJournal;
  /** How many entries the files hold. */
  entries: number;
  /** The number of the next tail. */
  tail: number;
  compactAfter?: number | undefined;
};

/** Keeps the journal from growing for ever, while the sandbox runs. */
export class Compactor {
  readonly #parts: CompactorParts;
  readonly #stopping = new AbortController();
  #entries: number;
  #tail: number;
  #running: Promise<void> | undefined;

  constructor(parts: CompactorParts) {
    this.#parts = parts;
    this.#entries = parts.entries;
    this.#tail = parts.tail;
  }

  /** Notes that entries were written, and compacts when most of the files no longer counts. */
  wrote(entries: number): void {
    this.#entries += entries;
    const { store, compactAfter } = this.#parts;
    if (this.#running || this.#entries <= (compactAfter ?? STALE_ENTRIES_MIN)) return;
    const live = store.size;
    if (this.#entries - live <= (compactAfter ?? Math.max(STALE_ENTRIES_MIN, live))) return;
    this.#entries = live;
    this.#running = this.#compact()
      // The files are whole without it, and the next attempt comes after as many entries again.
      .catch(() => undefined)
      .finally(() => {
        this.#running = undefined;
      });
  }

  /** Breaks off what is under way; the files stay whole. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  async #compact(): Promise<void> {
    const { directory, store, journal } = this.#parts;
    const tail = this.#tail++;
    await journal.continueIn(await openTail(directory, tail));
    await writeSnapshot({ directory, store, tail, journal, signal: this.#stopping.signal });
    await removeTails(directory, tail);
  }
}
