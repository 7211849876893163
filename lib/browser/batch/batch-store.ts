/**
 * Where unfinished batches are kept in this browser: their checkpoints in OPFS, the keys of these in IndexedDB. Workers only: the
 * synchronous file handles are not given to pages.
 * @module
 */
import { Checkpoint, type CheckpointFile } from './checkpoint';

const FOLDER = 'batches';
const DATABASE = 'jitp-batches';
const KEYS = 'keys';

/** Another tab has this batch open: two must not write one checkpoint. */
export type BatchOpenElsewhere = { kind: 'batch-open-elsewhere' };

/** @returns undefined where another tab holds the batch */
export async function openCheckpoint(batch: string): Promise<Checkpoint | undefined> {
  const folder = await batchFolder();
  const key = (await readKey(batch)) ?? (await makeKey(batch));
  const handle: FileSystemFileHandle = await folder.getFileHandle(batch, { create: true });
  if (!isSynchronous(handle)) throw new Error('a checkpoint can be opened in a worker only');
  const file = await handle.createSyncAccessHandle().catch((fault: unknown) => {
    // The File System standard locks a file for one access handle.
    if (isNamed(fault, 'NoModificationAllowedError')) return undefined;
    throw fault;
  });
  if (file === undefined) return undefined;
  try {
    return await Checkpoint.open(file, key, batch, crypto);
  } catch (fault) {
    // Who could not read it is not to keep others from it.
    file.close();
    throw fault;
  }
}

function isNamed(fault: unknown, name: string): boolean {
  return fault instanceof DOMException && fault.name === name;
}

/** TypeScript's library for pages does not have what only workers are given. */
function isSynchronous(
  handle: FileSystemFileHandle,
): handle is FileSystemFileHandle & { createSyncAccessHandle(): Promise<CheckpointFile> } {
  return 'createSyncAccessHandle' in handle;
}

/** Ids of the batches that were begun here and are not finished or given up. */
export async function keptBatches(): Promise<string[]> {
  const names: string[] = [];
  for await (const name of (await batchFolder()).keys()) names.push(name);
  return names;
}

/** Its devices can no longer be written out; one that is not kept here is none too. The key goes first: without it the file is noise. */
export async function forgetBatch(batch: string): Promise<void> {
  await inKeys('readwrite', (store) => store.delete(batch));
  const folder = await batchFolder();
  await folder.removeEntry(batch).catch((fault: unknown) => {
    if (!isNamed(fault, 'NotFoundError')) throw fault;
  });
}

async function batchFolder(): Promise<FileSystemDirectoryHandle> {
  const root = await navigator.storage.getDirectory();
  return root.getDirectoryHandle(FOLDER, { create: true });
}

async function readKey(batch: string): Promise<CryptoKey | undefined> {
  const found: unknown = await inKeys('readonly', (store) => store.get(batch));
  return found instanceof CryptoKey ? found : undefined;
}

/** Not extractable: it is used where it is, and no code of ours can read it out. */
async function makeKey(batch: string): Promise<CryptoKey> {
  const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, [
    'encrypt',
    'decrypt',
  ]);
  await inKeys('readwrite', (store) => store.put(key, batch));
  return key;
}

/** One request in a transaction of its own; resolves when it is durable. */
async function inKeys<Result>(
  mode: IDBTransactionMode,
  ask: (store: IDBObjectStore) => IDBRequest<Result>,
): Promise<Result> {
  const database = await openDatabase();
  try {
    const transaction = database.transaction(KEYS, mode, { durability: 'strict' });
    const request = ask(transaction.objectStore(KEYS));
    await new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = () =>
        reject(transaction.error ?? new Error('the browser could not keep the batch'));
    });
    return request.result;
  } finally {
    database.close();
  }
}

function openDatabase(): Promise<IDBDatabase> {
  const request = indexedDB.open(DATABASE, 1);
  return new Promise((resolve, reject) => {
    request.onupgradeneeded = () => request.result.createObjectStore(KEYS);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('the browser could not open its store'));
  });
}
