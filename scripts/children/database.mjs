/**
 * The embedded database: PGlite behind a Unix socket that only this user can open.
 * Arguments: the folder of the data, the folder of the socket.
 * @module
 */

import { chmodSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';
import pg from 'pg';
import { openBounded } from './bounded-statements.mjs';
import { failed, ready } from './guard.mjs';

/** PGlite has no autovacuum: without it, plans go bad and space is not reused. */
const MAINTENANCE_INTERVAL_MS = 60 * 60_000;
const MAINTENANCE_DELAY_MS = 60_000;

/** The console's one, the preparation's, the maintenance's. */
const CONNECTIONS_MAX = 8;

const [dataDir, socketDir] = process.argv.slice(2);

async function open() {
  mkdirSync(path.dirname(dataDir), { recursive: true, mode: 0o700 });
  mkdirSync(socketDir, { recursive: true, mode: 0o700 });
  const socket = path.join(socketDir, '.s.PGSQL.5432');
  rmSync(socket, { force: true });
  const db = await openBounded(() => PGlite.create(dataDir, { extensions: { pg_trgm } }));
  const server = new PGLiteSocketServer({ db, path: socket, maxConnections: CONNECTIONS_MAX });
  await server.start();
  chmodSync(socket, 0o600);
  process.on('SIGTERM', async () => {
    await server.stop();
    await db.close();
    process.exit(0);
  });
}

async function maintain() {
  const client = new pg.Client({ host: socketDir, user: 'postgres', database: 'postgres' });
  // Without a listener, a connection that breaks ends the process; the query under way fails by itself.
  client.on('error', () => {});
  try {
    await client.connect();
    // A statement for each, so that people have their turns between.
    const { rows } = await client.query(
      "select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname = 'public'",
    );
    for (const { name } of rows) {
      await client.query(`VACUUM ${name}`);
      await client.query(`ANALYZE ${name}`);
    }
  } catch (error) {
    console.error(`database maintenance was put off: ${error.message}`);
  } finally {
    // A connection that broke has nothing left to end.
    await client.end().catch(() => {});
  }
}

try {
  await open();
  setTimeout(maintain, MAINTENANCE_DELAY_MS).unref();
  setInterval(maintain, MAINTENANCE_INTERVAL_MS).unref();
  ready();
} catch (error) {
  console.error(error);
  failed(`The embedded database in ${dataDir} cannot be opened. What it wrote stands above.`);
}
