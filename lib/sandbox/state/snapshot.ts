import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { setImmediate as breathe } from 'node:timers/promises';
import type { Journal } from './journal';
import { JOURNAL_FILE, printHeader, syncDirectory, tailPath } from './journal-files';
import type { Store } from './store';

/** Some milliseconds of work; requests are answered between two chunks. */
const CHUNK_CHARACTERS = 262_144;

export type SnapshotOrder = {
  directory: string;
  store: Store;
  /** The first tail that the snapshot does not cover. */
  tail: number;
  /** What was changed while it was written is in that tail, and must be durable there before the snapshot counts. */
  journal?: Journal;
  signal?: AbortSignal;
};

/**
 * Replaces `state.jsonl` by a snapshot: complete beside it first, then renamed over it, so that a crash leaves one of them
 * whole. The state may change meanwhile: a row that changes is in the snapshot as it was or as it became, and in the tail
 * as it became.
 */
export async function writeSnapshot({
  directory,
  store,
  tail,
  journal,
  signal,
}: SnapshotOrder): Promise<void> {
  const target = path.join(directory, JOURNAL_FILE);
  const file = await open(`${target}.new`, 'w', 0o600);
  try {
    let text = `${printHeader({ tail, sequence: store.sequence })}\n`;
    for (const entry of store.snapshot()) {
      text += `${JSON.stringify([entry])}\n`;
      if (text.length < CHUNK_CHARACTERS) continue;
      await file.appendFile(text);
      text = '';
      await breathe();
      signal?.throwIfAborted();
    }
    await file.appendFile(text);
    await file.datasync();
    await journal?.durable();
  } catch (error) {
    await rm(`${target}.new`, { force: true });
    throw error;
  } finally {
    await file.close();
  }
  await rename(`${target}.new`, target);
  await syncDirectory(directory);
}

/** A new, empty tail, open for appending. */
export async function openTail(directory: string, number: number): Promise<FileHandle> {
  const file = await open(tailPath(directory, number), 'a', 0o600);
  await file.appendFile(`${printHeader()}\n`);
  await file.datasync();
  await syncDirectory(directory);
  return file;
}
