import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { access, mkdir, open, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { StartRefusal } from '@/lib/sandbox/start-refusal';
import { Compactor } from './compactor';
import { lockDirectory } from './directory-lock';
import type { Entry, Log } from './entry';
import { FileJournal, type Journal, memoryJournal } from './journal';
import { JOURNAL_FILE, removeTails, tailNumbers, tailPath } from './journal-files';
import { readJournal } from './read-journal';
import { SandboxState } from './sandbox-state';
import { writeSnapshot } from './snapshot';
import { Store } from './store';

/** A snapshot is worth its writing when the journal has at least so many entries that no longer count. */
const STALE_ENTRIES_MIN = 1000;

const TOKEN_SECRET_BYTES = 32;

export type StateSettings = {
  /** How many entries may no longer count before the journal is compacted while it is written, however many do. */
  compactAfter?: number | undefined;
};

/**
 * Opens the state of a data directory, made when missing; `undefined` keeps everything in memory.
 *
 * @throws StartRefusal when another sandbox uses the directory or its files cannot be read
 */
export async function openState(
  directory: string | undefined,
  accountId: string,
  settings: StateSettings = {},
): Promise<SandboxState> {
  if (directory === undefined) {
    const store = new Store(memoryJournal.log);
    return new SandboxState({ accountId, store, journal: memoryJournal, tokenSecret: newSecret() });
  }
  await makeDirectory(directory);
  const lock = await lockDirectory(directory);
  try {
    // The store is filled before the journal can be opened for appending, so its log is tied up late.
    let log: Log = () => undefined;
    const store = new Store((entry) => log(entry));
    const { journal, compactor } = await openJournal(directory, store, settings);
    log = journal.log;
    const close = async () => {
      await compactor.stop();
      await journal.close();
      await lock.release();
    };
    const tokenSecret = await loadOrCreateSecret(path.join(directory, 'page-token.key'));
    return new SandboxState({ accountId, store, journal: { ...bound(journal), close }, tokenSecret });
  } catch (error) {
    await lock.release();
    throw error;
  }
}

async function makeDirectory(directory: string): Promise<void> {
  try {
    await mkdir(directory, { recursive: true, mode: 0o700 });
    await access(directory, constants.R_OK | constants.W_OK);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartRefusal(
      `The data directory ${directory} cannot be used (${reason}). Set SANDBOX_DATA_DIR to one that can.`,
    );
  }
}

type OpenJournal = { journal: FileJournal; compactor: Compactor };

async function openJournal(directory: string, store: Store, settings: StateSettings): Promise<OpenJournal> {
  const base = path.join(directory, JOURNAL_FILE);
  const replay = (entry: Entry) => store.replay(entry);
  const { entries: baseEntries, header } = await readJournal(base, replay);
  store.skipSequencesTo(header?.sequence ?? 0);
  let tail = header?.tail ?? 1;
  // Left over from before the snapshot, by a crash behind its writing.
  await removeTails(directory, tail);
  let entries = baseEntries;
  const tails = await tailNumbers(directory);
  if (header === undefined && tails.length > 0) {
    throw new StartRefusal(
      `${directory} has changes of a sandbox (state.${tails[0]}.jsonl) but not their beginning, ${JOURNAL_FILE}. Put that back, or move the rest away as well.`,
    );
  }
  for (const number of tails) {
    entries += (await readJournal(tailPath(directory, number), replay)).entries;
    tail = number + 1;
  }
  if (
    header === undefined ||
    tails.length > 0 ||
    entries - store.size > Math.max(STALE_ENTRIES_MIN, store.size)
  ) {
    await writeSnapshot({ directory, store, tail });
    await removeTails(directory, tail);
    entries = store.size;
  }
  const journal = new FileJournal(await open(base, 'a', 0o600));
  const compactor = new Compactor({ directory, store, journal, entries, tail, ...settings });
  journal.onWritten = (written) => compactor.wrote(written);
  return { journal, compactor };
}

const bound = (journal: Journal) => ({ log: journal.log, durable: () => journal.durable() });

const newSecret = () => new Uint8Array(randomBytes(TOKEN_SECRET_BYTES));

async function loadOrCreateSecret(file: string): Promise<Uint8Array> {
  const known = await readFile(file).catch(() => undefined); // missing or unreadable: made anew below
  if (known?.length === TOKEN_SECRET_BYTES) return new Uint8Array(known);
  const secret = newSecret();
  await writeFile(file, secret, { mode: 0o600 });
  return secret;
}
