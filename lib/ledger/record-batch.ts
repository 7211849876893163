/**
 * The ledger's rows of many devices at once.
 * @module
 */
import 'server-only';
import { and, count, eq, inArray, isNull, not, notInArray, or, type SQL } from 'drizzle-orm';
import { database } from '@/lib/db/database';
import { issuanceBatches } from '@/lib/db/schema/batches';
import { issuedCertificates } from '@/lib/db/schema/ledger';
import type { Failure } from '@/lib/failure';
import { fail, ok, type Result } from '@/lib/result';
import { hasDelivery } from './delivery';
import type { Reservation } from './record';

/**
 * Makes the rows durable as `reserved`, in one statement. Repeating it changes nothing, so a lost answer may be asked for again.
 *
 * @param reservations - all of one environment and batch; some hundreds stay far below the 65 535 parameters of one statement
 * @returns `conflict` (reason `certificate-already-reserved`) when some id stands there outside of this batch, (reason `batch-ended`)
 *   when somebody has given the batch up
 */
export async function reserveAll(
  reservations: readonly (Reservation & { batch: string })[],
  now: Date,
): Promise<Result<undefined, Failure>> {
  const [first] = reservations;
  if (first === undefined) return ok(undefined);
  const { environment, batch } = first;
  const ids = [...new Set(reservations.map(({ certificateId }) => certificateId))];
  return database().transaction(async (transaction) => {
    // Rows that came behind its end would stay reserved for ever. Who ends the batch waits for those that come now.
    const [row] = await transaction
      .select({ manifestSha256: issuanceBatches.manifestSha256, endedAt: issuanceBatches.endedAt })
      .from(issuanceBatches)
      .where(and(eq(issuanceBatches.environment, environment), eq(issuanceBatches.id, batch)))
      .for('share');
    // In one that is delivered all of them stand already, and a lost answer is asked for again.
    if (row && row.endedAt !== null && row.manifestSha256 === null) {
      return fail({ kind: 'conflict', reason: 'batch-ended' });
    }
    await transaction
      .insert(issuedCertificates)
      .values(
        reservations.map((reservation) => ({
          ...reservation,
          delivery: 'reserved' as const,
          reservedAt: now,
        })),
      )
      .onConflictDoNothing();
    const [found] = await transaction
      .select({ rows: count() })
      .from(issuedCertificates)
      .where(
        and(
          eq(issuedCertificates.environment, environment),
          eq(issuedCertificates.batch, batch),
          inArray(issuedCertificates.certificateId, ids),
        ),
      );
    return found?.rows === ids.length
      ? ok(undefined)
      : fail({ kind: 'conflict', reason: 'certificate-already-reserved' });
  });
}

/**
 * What is about to be issued again: devices of these batches that are not confirmed do not count as taken.
 */
export type IssuedAgain = { batches: readonly string[]; now: Date };

/** Which of these common names the ledger has, whatever became of their devices. */
export async function namesTaken(
  environment: string,
  names: readonly string[],
  again?: IssuedAgain,
): Promise<string[]> {
  if (names.length === 0) return [];
  const rows = await database()
    .selectDistinct({ commonName: issuedCertificates.commonName })
    .from(issuedCertificates)
    .where(
      and(
        eq(issuedCertificates.environment, environment),
        inArray(issuedCertificates.commonName, [...names]),
        isElsewhere(again),
      ),
    );
  return rows.map(({ commonName }) => commonName);
}

/** Which of these things the ledger has with a certificate, as they were last seen. */
export async function thingsTaken(
  environment: string,
  names: readonly string[],
  again?: IssuedAgain,
): Promise<string[]> {
  if (names.length === 0) return [];
  const rows = await database()
    .selectDistinct({ thingName: issuedCertificates.thingName })
    .from(issuedCertificates)
    .where(
      and(
        eq(issuedCertificates.environment, environment),
        inArray(issuedCertificates.thingName, [...names]),
        isElsewhere(again),
      ),
    );
  return rows.flatMap(({ thingName }) => thingName ?? []);
}

function isElsewhere(again: IssuedAgain | undefined): SQL | undefined {
  if (again === undefined || again.batches.length === 0) return undefined;
  const { batch } = issuedCertificates;
  const isOpen = hasDelivery('not-confirmed', again.now);
  return or(isNull(batch), notInArray(batch, [...again.batches]), isOpen && not(isOpen));
}
