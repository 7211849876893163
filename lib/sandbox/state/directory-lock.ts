/**
 * One sandbox per data directory, without a lock that outlives its owner: each sandbox listens on a socket of its own
 * in the directory and then looks for another that answers. A socket that nobody answers is left over and removed.
 * @module
 */
import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm, symlink } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { StartRefusal } from '@/lib/sandbox/start-refusal';

const SOCKET_NAME = /^lock-[0-9a-f]{16}\.sock$/;

/** `sun_path` holds 104 bytes on BSD and 108 on Linux, the final zero included. */
const SOCKET_PATH_BYTES_MAX = 103;

export type DirectoryLock = { release(): Promise<void> };

/** @throws StartRefusal when another process holds the directory */
export async function lockDirectory(directory: string): Promise<DirectoryLock> {
  const own = `lock-${randomBytes(8).toString('hex')}.sock`;
  const reach = await shortPathTo(path.resolve(directory), own.length);
  const server = createServer((socket) => socket.destroy());
  try {
    await listen(server, path.join(reach.directory, own));
    for (const name of await readdir(directory)) {
      if (name === own || !SOCKET_NAME.test(name)) continue;
      if (await answers(path.join(reach.directory, name))) throw heldBy(directory);
      await rm(path.join(directory, name), { force: true });
    }
  } catch (error) {
    await close(server);
    await rm(path.join(directory, own), { force: true });
    throw error;
  } finally {
    await reach.dispose();
  }
  server.unref();
  return {
    async release() {
      await close(server);
      await rm(path.join(directory, own), { force: true });
    },
  };
}

const heldBy = (directory: string) =>
  new StartRefusal(
    `Another sandbox is using ${directory}. Stop it first, or give this one its own SANDBOX_DATA_DIR.`,
  );

/** Socket paths are short; a long directory is reached through a link in the directory for temporary files. */
async function shortPathTo(directory: string, nameLength: number) {
  const none = { directory, dispose: () => Promise.resolve() };
  if (Buffer.byteLength(directory) + 1 + nameLength <= SOCKET_PATH_BYTES_MAX) return none;
  const home = await mkdtemp(path.join(tmpdir(), 'sandbox-'));
  await symlink(directory, path.join(home, 'd'));
  return { directory: path.join(home, 'd'), dispose: () => rm(home, { recursive: true }) };
}

function listen(server: Server, socketPath: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(socketPath, () => resolve());
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
  });
}

function answers(socketPath: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(socketPath);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
