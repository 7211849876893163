/**
 * One console per data directory. The lock is a Unix socket that its holder answers on, so a holder that was killed leaves nothing that
 * has to be cleaned up by hand.
 * @module
 */
import { randomUUID } from 'node:crypto';
import { chmodSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** sun_path of Linux and macOS: 104 bytes on the smaller, the closing zero included. */
export const SOCKET_PATH_BYTES_MAX = 103;

/** Longer than the moment between finding a stale socket and removing it, in which two starters could both think so. */
const TAKEOVER_CHECK_MS = 60;

/**
 * Takes the lock, until this process ends.
 * @param {string} dataDir - absolute
 * @returns {Promise<() => void>} releases it
 * @throws {Error} a sentence, when another console holds it
 */
export async function lock(dataDir) {
  const socket = path.join(dataDir, 'lock.sock');
  const inUse = new Error(
    `Another JITP Console already runs on ${dataDir}. End it first, or give this one its own data with DATA_DIR.`,
  );
  const holder = randomUUID();
  const server = createServer((client) => client.on('error', () => client.destroy()).end(holder));
  if (!(await listen(server, socket))) {
    if ((await holderOf(socket)) !== undefined) throw inUse;
    rmSync(socket, { force: true });
    if (!(await listen(server, socket))) throw inUse;
    await delay(TAKEOVER_CHECK_MS);
    if ((await holderOf(socket)) !== holder) throw inUse;
  }
  chmodSync(socket, 0o600);
  server.unref();
  return () => server.close();
}

/** @returns whether it listens now; false when the path is taken, by the living or the dead */
function listen(server, socket) {
  return new Promise((resolve, reject) => {
    const refused = (error) => (error.code === 'EADDRINUSE' ? resolve(false) : reject(error));
    server.once('error', refused);
    server.listen(socket, () => {
      server.off('error', refused);
      resolve(true);
    });
  });
}

/** Who answers on the socket; undefined when nobody does. */
function holderOf(socket) {
  return new Promise((resolve) => {
    let answer = '';
    const client = connect(socket);
    client.setEncoding('utf8');
    client.setTimeout(2000, () => client.destroy());
    client.on('data', (text) => {
      answer += text;
    });
    // A holder too busy to answer is a holder: connecting was enough.
    client.on('connect', () => client.once('close', () => resolve(answer)));
    client.on('error', () => resolve(undefined));
  });
}
