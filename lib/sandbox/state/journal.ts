/**
 * The append-only file that makes the state survive: JSON lines, one per group of changes that belong together.
 * Durability is group commit: every line that waits goes to the file with one write and one fdatasync.
 * @module
 */
import { type FileHandle, open, rename } from 'node:fs/promises';
import path from 'node:path';
import type { Entry, Log } from './entry';

/** Names the format of the rows; a sandbox refuses a file of another format. */
export const JOURNAL_HEADER = '{"journal":"jitp-sandbox","version":1}';
export const JOURNAL_FILE = 'state.jsonl';

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
  readonly #file: FileHandle;
  #group: Entry[] = [];
  #lines: string[] = [];
  /** The write under way; it covers every line that is not in `#lines`. */
  #writing: Promise<void> = Promise.resolve();
  /** The write that will take what is in `#lines`. */
  #next: Promise<void> | undefined;
  /** A write failed: what memory holds and what the file holds differ, so nothing is acknowledged any more. */
  #failure: Error | undefined;

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

  #startWriting(): Promise<void> {
    const text = `${this.#lines.join('\n')}\n`;
    this.#lines = [];
    this.#next = undefined;
    this.#writing = this.#write(text);
    return this.#writing;
  }

  async #write(text: string): Promise<void> {
    try {
      await this.#file.appendFile(text);
      await this.#file.datasync();
    } catch (error) {
      this.#failure = error instanceof Error ? error : new Error(String(error));
      throw this.#failure;
    }
  }
}

/** Replaces the journal by a snapshot: complete beside it first, then renamed over it, so that a crash leaves one of them whole. */
export async function writeSnapshot(directory: string, entries: Iterable<Entry>): Promise<void> {
  const target = path.join(directory, JOURNAL_FILE);
  const file = await open(`${target}.new`, 'w', 0o600);
  try {
    let text = `${JOURNAL_HEADER}\n`;
    for (const entry of entries) {
      text += `${JSON.stringify([entry])}\n`;
      if (text.length > 1_000_000) {
        await file.appendFile(text);
        text = '';
      }
    }
    await file.appendFile(text);
    await file.datasync();
  } finally {
    await file.close();
  }
  await rename(`${target}.new`, target);
  await syncDirectory(directory);
}

async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
