import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { access, mkdir, open, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { StartRefusal } from '@/lib/sandbox/start-refusal';
import { lockDirectory } from './directory-lock';
import type { Log } from './entry';
import { FileJournal, JOURNAL_FILE, type Journal, memoryJournal, writeSnapshot } from './journal';
import { readJournal } from './read-journal';
import { SandboxState } from './sandbox-state';
import { Store } from './store';

/** A snapshot is worth its writing when the journal has at least so many entries that no longer count. */
const STALE_ENTRIES_MIN = 1000;

const TOKEN_SECRET_BYTES = 32;

/**
 * Opens the state of a data directory, made when missing; `undefined` keeps everything in memory.
 *
 * @throws StartRefusal when another sandbox uses the directory or its files cannot be read
 */
export async function openState(directory: string | undefined, accountId: string): Promise<SandboxState> {
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
    const journal = await openJournal(directory, store);
    log = journal.log;
    const close = async () => {
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

async function openJournal(directory: string, store: Store): Promise<FileJournal> {
  const file = path.join(directory, JOURNAL_FILE);
  const entries = await readJournal(file, (entry) => store.replay(entry));
  const live = [...store.snapshot()];
  if (entries === 0 || entries - live.length > Math.max(STALE_ENTRIES_MIN, live.length)) {
    await writeSnapshot(directory, live);
  }
  return new FileJournal(await open(file, 'a', 0o600));
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
