/**
 * What the launcher does to the database before it announces the console.
 * @module
 */
import 'server-only';
import { connectionOptions, openDatabase } from '@/lib/db/database';
import { migrateDatabase } from '@/lib/db/migrate';
import { operators } from '@/lib/db/schema/auth';
import { replaceSetupLink } from './one-time-links';

/**
 * Migrates, and makes the setup link's token while there is no operator.
 *
 * @param migrationsFolder - path of `drizzle/`
 */
export async function prepareDatabase(
  migrationsFolder = 'drizzle',
): Promise<{ setupToken: string | undefined }> {
  const options = connectionOptions();
  await migrateDatabase(options, migrationsFolder);
  const { database, close } = openDatabase(options);
  try {
    const isNew = (await database.$count(operators)) === 0;
    return { setupToken: isNew ? await replaceSetupLink(database) : undefined };
  } finally {
    await close();
  }
}
