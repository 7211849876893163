/**
 * The files that make up the journal: `state.jsonl`, and after a compaction while the sandbox ran `state.1.jsonl` and so on,
 * each with what was changed after the one before. The header of `state.jsonl` says from which of them on they count.
 * @module
 */
import { open, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';

export const JOURNAL_FILE = 'state.jsonl';
const TAIL_FILE = /^state\.([1-9]\d{0,8})\.jsonl$/;

const headerSchema = z.strictObject({
  journal: z.literal('jitp-sandbox'),
  /** Names the format of the rows; a sandbox refuses a file of another format. */
  version: z.literal(1),
  /** The first tail that is not part of this file; absent: 1. */
  tail: z.int().positive().optional(),
  /** The highest sequence that was given before this file was written, to rows that may be gone. */
  sequence: z.int().nonnegative().optional(),
});

export type JournalHeader = z.output<typeof headerSchema>;

export const printHeader = (header: Pick<JournalHeader, 'tail' | 'sequence'> = {}) =>
  JSON.stringify({ journal: 'jitp-sandbox', version: 1, ...header });

export function parseHeader(line: string): JournalHeader | undefined {
  try {
    return headerSchema.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined; // not JSON: another program's file
  }
}

export const tailPath = (directory: string, number: number) => path.join(directory, `state.${number}.jsonl`);

/** The tails of a directory in their order. */
export async function tailNumbers(directory: string): Promise<number[]> {
  const names = await readdir(directory);
  return names
    .flatMap((name) => TAIL_FILE.exec(name)?.[1] ?? [])
    .map(Number)
    .sort((a, b) => a - b);
}

export async function removeTails(directory: string, below: number): Promise<void> {
  for (const number of await tailNumbers(directory)) {
    if (number < below) await rm(tailPath(directory, number), { force: true });
  }
}

/** Makes names in a directory survive a crash. */
export async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
