/**
 * Changes of a whole batch's devices, in slices.
 * @module
 */
import 'server-only';
import { and, asc, eq, inArray, type SQL, sql } from 'drizzle-orm';
import { database } from '@/lib/db/database';
import { issuedCertificates } from '@/lib/db/schema/ledger';

/**
 * Each row is in thirteen indexes, so a hundred thousand at once take longer than a sign-in waits. A slice takes a fraction of a second, and
 * between two of them others have their turn, also on the one session of the embedded database. Our choice.
 */
const SLICE_ROWS = 1000;

type Change = Partial<Pick<typeof issuedCertificates.$inferInsert, 'delivery' | 'deliveredAt'>>;

/** A batch of an environment. */
export type BatchKey = { environment: string; batch: string };

/**
 * Each slice is a transaction of its own: what was done before a crash stays, and repeating it does the rest.
 *
 * @param where - which of the batch's rows; must not hold for one that is changed
 * @returns how many rows were changed
 */
export async function changeBatchRows(
  { environment, batch }: BatchKey,
  where: SQL | undefined,
  change: Change,
): Promise<number> {
  const { certificateId, reservedAt, environment: place, batch: ofBatch } = issuedCertificates;
  let changed = 0;
  let after: { at: string; id: string } | undefined;
  for (;;) {
    const slice = await database().transaction(async (transaction) => {
      const rows = await transaction
        // As text: a Date has no microseconds, and the next slice would begin before this one's end.
        .select({ id: certificateId, at: sql<string>`${reservedAt}::text` })
        .from(issuedCertificates)
        .where(
          and(
            eq(place, environment),
            eq(ofBatch, batch),
            // The order of the batch's index, so that no slice reads through those before it.
            after && sql`(${reservedAt}, ${certificateId}) > (${after.at}::timestamptz, ${after.id})`,
            where,
          ),
        )
        .orderBy(asc(reservedAt), asc(certificateId))
        .limit(SLICE_ROWS)
        // In one order, so that two who do the same wait for each other instead of locking each other out.
        .for('update');
      if (rows.length === 0) return rows;
      await transaction
        .update(issuedCertificates)
        .set(change)
        .where(
          and(
            eq(place, environment),
            inArray(
              certificateId,
              rows.map(({ id }) => id),
            ),
          ),
        );
      return rows;
    });
    changed += slice.length;
    // Rows that another changed meanwhile make a slice short, so only an empty one is the end.
    after = slice.at(-1);
    if (after === undefined) return changed;
  }
}
