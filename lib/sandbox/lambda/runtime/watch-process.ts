import { lstat, opendir, readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';

const INTERVAL_MS = 500;
/** What is counted at each look; no handler of a rehearsal needs so many. */
const FILES_MAX = 10_000;
const BLOCK_BYTES = 512;
const MEGABYTE = 1024 * 1024;

type Watched = { pid: number; scratch: string; memoryMegabytes: number; storageMegabytes: number };

/**
 * Looks twice a second at what no limit of the system bounds: all that a function keeps in its scratch folder, files that it has
 * deleted and still holds among it, and memory that it could share. Where there is no `/proc`, as on macOS, only the folder.
 *
 * @param onExceeded - told why the process has to end, once
 * @returns ends the watch
 */
export function watchProcess(watched: Watched, onExceeded: (reason: string) => void): () => void {
  let isOver = false;
  let timer: NodeJS.Timeout;
  const look = async () => {
    // What cannot be looked at now is looked at the next time.
    const reason = await excessOf(watched).catch(() => undefined);
    if (isOver) return;
    if (reason === undefined) wait();
    else onExceeded(reason);
  };
  const wait = () => {
    timer = setTimeout(look, INTERVAL_MS).unref();
  };
  wait();
  return () => {
    isOver = true;
    clearTimeout(timer);
  };
}

async function excessOf(watched: Watched): Promise<string | undefined> {
  const { pid, scratch, memoryMegabytes, storageMegabytes } = watched;
  const memory = await residentMegabytes(pid);
  if (memory > memoryMegabytes) {
    return `the process takes ${Math.ceil(memory)} MB of memory, and the sandbox lets it have ${memoryMegabytes} MB. Raise the function's MemorySize.`;
  }
  const kept = await storedIn(scratch);
  if (kept.files > FILES_MAX) return `it keeps more than ${FILES_MAX} files in its temporary folder.`;
  const bytes = kept.bytes + (await heldBytes(pid));
  if (bytes <= storageMegabytes * MEGABYTE) return undefined;
  return `it keeps ${Math.ceil(bytes / MEGABYTE)} MB in its temporary folder, of ${storageMegabytes} MB. Raise the function's EphemeralStorage.`;
}

/** 0 where the system does not tell. */
async function residentMegabytes(pid: number): Promise<number> {
  const text = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(text)?.[1] ?? 0) / 1024;
}

/** What goes while it is counted counts nothing. */
async function storedIn(folder: string): Promise<{ bytes: number; files: number }> {
  const total = { bytes: 0, files: 0 };
  const folders = [folder];
  for (let at = folders.pop(); at !== undefined; at = folders.pop()) {
    const entries = await opendir(at).catch(() => []);
    for await (const entry of entries) {
      total.files += 1;
      if (total.files > FILES_MAX) return total;
      const name = path.join(at, entry.name);
      if (entry.isDirectory()) folders.push(name);
      else total.bytes += ((await lstat(name).catch(() => undefined))?.blocks ?? 0) * BLOCK_BYTES;
    }
  }
  return total;
}

/** Of files without a name that a process holds open. */
async function heldBytes(pid: number): Promise<number> {
  const folder = `/proc/${pid}/fd`;
  let bytes = 0;
  for (const name of await readdir(folder).catch(() => [])) {
    const held = await stat(path.join(folder, name)).catch(() => undefined);
    if (held?.isFile() && held.nlink === 0) bytes += held.blocks * BLOCK_BYTES;
  }
  return bytes;
}
