/**
 * The append-only file that makes the state survive: JSON lines, one per group of changes that belong together.
 * Durability is group commit: every line that waits goes to the file with one write and one fdatasync.
 * @module
 */
import type { FileHandle } from 'node:fs/promises';
import type { Entry, Log } from './entry';

/** Where changes go. */
export interface Journal {
  readonly log: Log;
  /** Resolves when everything logged so far is on the disk; rejects when it cannot be written. */
  durable(): Promise<void>;
  close(): Promise<void>;
}

/** Keeps nothing: for `:memory:`. */
export const memoryJournal: Journal = {
  log: () => undefined,
  durable: () => Promise.resolve(),
  close: () => Promise.resolve(),
};

/** Changes logged in one synchronous run belong together and become one line: a crash keeps all of them or none. */
export class FileJournal implements Journal {
  #file: FileHandle;
  #group: Entry[] = [];
  #lines: string[] = [];
  /** How many entries are in `#lines`. */
  #entries = 0;
  /** The write under way; it covers every line that is not in `#lines`. */
  #writing: Promise<void> = Promise.resolve();
  /** The write that will take what is in `#lines`. */
  #next: Promise<void> | undefined;
  /** A write failed: what memory holds and what the file holds differ, so nothing is acknowledged any more. */
  #failure: Error | undefined;

  /** Told how many entries have become durable. */
  onWritten: (entries: number) => void = () => undefined;

  constructor(file: FileHandle) {
    this.#file = file;
  }

  readonly log: Log = (entry) => {
    if (this.#group.length === 0) {
      // Written soon even when nobody waits for it; a failure is kept for the next who does.
      queueMicrotask(() => this.durable().catch(() => undefined));
    }
    this.#group.push(entry);
  };

  durable(): Promise<void> {
    if (this.#group.length > 0) {
      this.#lines.push(JSON.stringify(this.#group));
      this.#entries += this.#group.length;
      this.#group = [];
    }
    if (this.#failure) return Promise.reject(this.#failure);
    if (this.#lines.length > 0) this.#next ??= this.#writing.then(() => this.#startWriting());
    return this.#next ?? this.#writing;
  }

  async close(): Promise<void> {
    try {
      await this.durable();
    } finally {
      await this.#file.close();
    }
  }

  /** Writes go to another file from now on. Resolves when the last one to the file before is done, and that is closed. */
  async continueIn(file: FileHandle): Promise<void> {
    const before = this.#file;
    this.#file = file;
    // Whether it failed is told to those who wait for it.
    await this.#writing.catch(() => undefined);
    await before.close();
  }

  #startWriting(): Promise<void> {
    const text = `${this.#lines.join('\n')}\n`;
    const entries = this.#entries;
    this.#lines = [];
    this.#entries = 0;
    this.#next = undefined;
    this.#writing = this.#write(text, entries);
    return this.#writing;
  }

  async #write(text: string, entries: number): Promise<void> {
    const file = this.#file;
    try {
      await file.appendFile(text);
      await file.datasync();
      this.onWritten(entries);
    } catch (error) {
      this.#failure = error instanceof Error ? error : new Error(String(error));
      throw this.#failure;
    }
  }
}
