/**
 * Brings the schema up to date at start.
 * @module
 */
import 'server-only';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import { Client, type ClientConfig } from 'pg';

/** Any number, the same for every instance: who holds this advisory lock migrates. */
const MIGRATION_LOCK = 725_017_001;

/**
 * Applies the migrations that are missing. Several instances may start at once: one migrates, the others wait and find it done.
 *
 * @param migrationsFolder - path of `drizzle/`
 */
export async function migrateDatabase(connection: ClientConfig, migrationsFolder: string): Promise<void> {
  const client = new Client(connection);
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await createTrigramExtension(client);
    await migrate(drizzle(client), { migrationsFolder });
  } finally {
    // The embedded database shares one session among all connections, so ending this one would not free the lock.
    await client.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK]);
    await client.end();
  }
}

/**
 * The search for parts of names needs it. Since PostgreSQL 13 whoever may create in the database may create this extension (its manual,
 * "pg_trgm": it is trusted).
 *
 * @throws Error that says who has to do what
 */
async function createTrigramExtension(client: Client): Promise<void> {
  try {
    await client.query('CREATE EXTENSION IF NOT EXISTS pg_trgm');
  } catch (cause) {
    throw new Error(
      'The extension pg_trgm cannot be created in the database. Install it on the database server (package postgresql-contrib) where it ' +
        'is missing there, let the owner of the database run "CREATE EXTENSION pg_trgm", and start the console again.',
      { cause },
    );
  }
}
