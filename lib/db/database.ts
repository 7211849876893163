/**
 * The console's own database: PostgreSQL, or the embedded one of the launcher, by the same driver and schema.
 * @module
 */
import 'server-only';
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import { Pool, type PoolConfig } from 'pg';
import { settings } from '@/lib/config/settings';
import { log } from '@/lib/log/log';

export type Database = NodePgDatabase & { $client: Pool };
/** Inside `database().transaction`. */
export type Transaction = Parameters<Parameters<Database['transaction']>[0]>[0];

/** Enough for one instance; a PostgreSQL server allows 100 connections by default. */
const CONNECTIONS_MAX = 10;

const CONNECT_TIMEOUT_MS = 10_000;

type Holder = typeof globalThis & { jitpConsoleDatabase?: Database };
// Development reloads modules; the pool must not be opened again each time.
const holder: Holder = globalThis;

export function database(): Database {
  holder.jitpConsoleDatabase ??= open();
  return holder.jitpConsoleDatabase;
}

/** Where the database is, as the settings say. @throws Error when they do not say */
export function connectionOptions(): PoolConfig {
  const { databaseUrl, databaseSocketDir } = settings();
  if (databaseUrl !== undefined) {
    return {
      connectionString: databaseUrl,
      max: CONNECTIONS_MAX,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    };
  }
  if (databaseSocketDir === undefined) throw new Error('no database: start the console with npm start');
  // The embedded database multiplexes every connection onto one session, so a second would only wait for the first.
  return {
    host: databaseSocketDir,
    user: 'postgres',
    database: 'postgres',
    max: 1,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
  };
}

/** Opens a database of one's own, for tests and for the preparation at start. */
export function openDatabase(options: PoolConfig): { database: Database; close(): Promise<void> } {
  const pool = new Pool(options);
  // An idle connection that breaks is replaced by the pool; unheard, the event would end the process.
  pool.on('error', (error) => log('warn', 'database.connection-lost', { error }));
  return { database: drizzle(pool), close: () => pool.end() };
}

function open(): Database {
  return openDatabase(connectionOptions()).database;
}
