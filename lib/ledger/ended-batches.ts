import 'server-only';
import { and, eq, inArray, ne } from 'drizzle-orm';
import { database } from '@/lib/db/database';
import { issuanceBatches } from '@/lib/db/schema/batches';

/** Which of these batches were delivered or given up; one that the environment does not know may be another's. */
export async function endedBatches(environment: string, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const rows = await database()
    .select({ id: issuanceBatches.id })
    .from(issuanceBatches)
    .where(
      and(
        eq(issuanceBatches.environment, environment),
        inArray(issuanceBatches.id, [...ids]),
        ne(issuanceBatches.state, 'open'),
      ),
    );
  return rows.map(({ id }) => id);
}
