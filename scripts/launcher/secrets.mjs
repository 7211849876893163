/**
 * Secrets that must survive a restart: made once, kept where only this user can read.
 * @module
 */
import { randomBytes } from 'node:crypto';
import { chmodSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Makes the data directory, closed to other users. */
export function makeDataDir(dataDir) {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  // mkdir leaves the mode of a directory that was there.
  chmodSync(dataDir, 0o700);
}

/** @returns {{ sessionSecret: string, serverActionsKey: string }} 256 bits each, base64url and base64 */
export function loadSecrets(dataDir) {
  return {
    sessionSecret: loadOrMake(path.join(dataDir, 'session-secret'), 'base64url'),
    serverActionsKey: loadOrMake(path.join(dataDir, 'server-actions-key'), 'base64'),
  };
}

function loadOrMake(file, encoding) {
  const draft = `${file}.${process.pid}`;
  try {
    // Written aside and linked, so that a kill leaves either no file or a whole one.
    writeFileSync(draft, randomBytes(32).toString(encoding), { mode: 0o600 });
    linkSync(draft, file);
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  return readFileSync(file, 'utf8');
}
