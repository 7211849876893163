/**
 * The embedded database in a folder of its own, migrated, for tests of what stores and reads.
 * @module
 */
import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { database } from '@/lib/db/database';
import { migrateDatabase } from '@/lib/db/migrate';

/** Tests and benches run in the project's root; a bench is bundled, so its own place says nothing. */
const ROOT = process.cwd();

/** Starts it and points this process's settings at it. Call before anything reads the settings. */
export async function startEmbeddedDatabase(): Promise<AsyncDisposable> {
  const folder = mkdtempSync(path.join(tmpdir(), 'jitp-console-db-'));
  const socketDir = path.join(folder, 'run');
  const child = fork(
    path.join(ROOT, 'scripts/children/database.mjs'),
    [path.join(folder, 'database'), socketDir],
    { detached: true, execArgv: [], stdio: ['ignore', 2, 2, 'ipc'] },
  );
  const ended = new Promise((resolve) => child.once('exit', resolve));
  await new Promise((resolve, reject) => {
    child.once('message', resolve);
    child.once('exit', () => reject(new Error('the embedded database ended before it was ready')));
  });
  // biome-ignore lint/style/noProcessEnv: what the launcher does for a process, a test does for itself
  const environment = process.env;
  environment['DATABASE_SOCKET_DIR'] = socketDir;
  // Vite's own variable of that name, set in every test, is not ours.
  Reflect.deleteProperty(environment, 'BASE_URL');
  await migrateDatabase(
    { host: socketDir, user: 'postgres', database: 'postgres' },
    path.join(ROOT, 'drizzle'),
  );
  return {
    async [Symbol.asyncDispose]() {
      await database().$client.end();
      child.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
