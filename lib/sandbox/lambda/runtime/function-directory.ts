import { mkdir, mkdtemp, readdir, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { NODE_BOOTSTRAP } from './node-bootstrap';
import { PYTHON_BOOTSTRAP } from './python-bootstrap';
import { sdkPackages } from './sdk-packages';

/** A function's own folder: its code in `task`, the bootstrap and, for Node.js, the SDK beside it. */
export type FunctionDirectory = {
  task: string;
  bootstrap: string;
  /** Where Node.js finds the SDK; not there for Python. */
  packages: string;
  /** Makes a place to write for one process: on Lambda, too, each environment has its own. */
  makeScratch(): Promise<string>;
  remove(): Promise<void>;
};

const PREFIX = 'sandbox-function-';

/** Removes what a sandbox that was killed has left behind. */
export async function sweepFunctionDirectories(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const [, pid] = /^sandbox-function-(\d+)-/.exec(name) ?? [];
    if (pid === undefined || isRunning(Number(pid))) continue;
    // Another user's, perhaps: then it is that user's to remove.
    await rm(path.join(tmpdir(), name), { recursive: true, force: true }).catch(() => undefined);
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Unpacks a function into a new folder that only this user can read; leaves none when that fails. */
export async function makeFunctionDirectory(
  files: ReadonlyMap<string, Uint8Array>,
  language: 'node' | 'python',
): Promise<FunctionDirectory> {
  // The permission flags of Node.js compare real paths.
  const root = await realpath(await mkdtemp(path.join(tmpdir(), `${PREFIX}${process.pid}-`)));
  // Tried again when a process that ends writes one last time.
  const remove = () => rm(root, { recursive: true, force: true, maxRetries: 3 });
  try {
    const makeScratch = () => mkdtemp(path.join(root, 'tmp-'));
    return { ...(await fillDirectory(root, { files, language })), makeScratch, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

async function fillDirectory(
  root: string,
  { files, language }: { files: ReadonlyMap<string, Uint8Array>; language: 'node' | 'python' },
): Promise<{ task: string; bootstrap: string; packages: string }> {
  const [task, packages] = [path.join(root, 'task'), path.join(root, 'node_modules')];
  const bootstrap = path.join(root, language === 'node' ? 'bootstrap.mjs' : 'bootstrap.py');
  await mkdir(task);
  await writeFile(bootstrap, language === 'node' ? NODE_BOOTSTRAP : PYTHON_BOOTSTRAP);
  for (const [name, bytes] of files) {
    const file = path.join(task, ...name.split('/'));
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, bytes);
  }
  if (language === 'node') await linkSdk(packages);
  return { task, bootstrap, packages };
}

/** Above `task`, so that packages that a function brings itself come first; ES modules do not look at NODE_PATH. */
async function linkSdk(packages: string): Promise<void> {
  for (const [name, directory] of sdkPackages()) {
    const link = path.join(packages, ...name.split('/'));
    await mkdir(path.dirname(link), { recursive: true });
    await symlink(directory, link, 'dir');
  }
}
