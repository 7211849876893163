import { createReadStream } from 'node:fs';
import { truncate } from 'node:fs/promises';
import { StartRefusal } from '@/lib/sandbox/start-refusal';
import type { Entry } from './entry';
import { type JournalHeader, parseHeader } from './journal-files';

/**
 * Feeds every entry of one of the journal's files to `apply` and cuts off a last line that a crash left torn.
 *
 * @returns how many entries were read, and the header; 0 and none when there is no file
 * @throws StartRefusal when the file is of another format or broken before its last line
 */
export async function readJournal(
  file: string,
  apply: (entry: Entry) => void,
): Promise<{ entries: number; header: JournalHeader | undefined }> {
  let entries = 0;
  let header: JournalHeader | undefined;
  let wholeBytes = 0;
  let lineNumber = 0;
  for await (const { line, bytes, complete } of linesOf(file)) {
    lineNumber += 1;
    // An unterminated last line was never acknowledged: acknowledging comes after its line feed is on the disk.
    if (!complete) {
      await truncate(file, wholeBytes);
      break;
    }
    if (lineNumber === 1) header = requireHeader(line, file);
    else {
      const group = parseGroup(line);
      if (!group) {
        throw new StartRefusal(
          `Line ${lineNumber} of ${file} is damaged. Move the file away to start with an empty sandbox.`,
        );
      }
      for (const entry of group) apply(entry);
      entries += group.length;
    }
    wholeBytes += bytes;
  }
  return { entries, header };
}

function requireHeader(line: string, file: string): JournalHeader {
  const header = parseHeader(line);
  if (header) return header;
  throw new StartRefusal(
    `${file} was not written by this version of the sandbox. Move it away to start with an empty sandbox.`,
  );
}

function parseGroup(line: string): Entry[] | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(line);
  } catch {
    return undefined; // the caller names the damaged line
  }
  if (!Array.isArray(parsed)) return undefined;
  return parsed.every(isEntry) ? parsed : undefined;
}

/** The header names the format, so the shape of the entry is what is left to check. */
function isEntry(value: unknown): value is Entry {
  if (!Array.isArray(value)) return false;
  const strings = (count: number) => value.slice(1, 1 + count).every((part) => typeof part === 'string');
  const row: unknown = value[value.length - 1];
  const rowIsObject = typeof row === 'object' && row !== null;
  switch (value[0]) {
    case 'put':
      return value.length === 4 && strings(2) && rowIsObject;
    case 'delete':
      return value.length === 3 && strings(2);
    case 'link':
      return value.length === 5 && strings(3) && rowIsObject;
    case 'unlink':
      return value.length === 4 && strings(3);
    case 'reset':
      return value.length === 1;
    default:
      return false;
  }
}

type Line = { line: string; bytes: number; complete: boolean };

async function* linesOf(file: string): AsyncGenerator<Line> {
  let rest: Buffer = Buffer.alloc(0);
  try {
    for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) {
      let buffer: Buffer = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
      for (let end = buffer.indexOf(10); end >= 0; end = buffer.indexOf(10)) {
        yield { line: buffer.toString('utf8', 0, end), bytes: end + 1, complete: true };
        buffer = buffer.subarray(end + 1);
      }
      rest = buffer;
    }
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return;
    throw error;
  }
  if (rest.length > 0) yield { line: rest.toString('utf8'), bytes: rest.length, complete: false };
}
