/**
 * The ledger's rows of many devices at once.
 * @module
 */
import 'server-only';
import { and, count, eq, inArray, isNull, not, notInArray, or, type SQL } from 'drizzle-orm';
import { database } from '@/lib/db/database';
import { issuedCertificates } from '@/lib/db/schema/ledger';
import type { Failure } from '@/lib/failure';
import { fail, ok, type Result } from '@/lib/result';
import { isNotConfirmed } from './not-confirmed';
import type { Reservation } from './record';

/**
 * Makes the rows durable as `reserved`, in one statement. Repeating it changes nothing, so a lost answer may be asked for again.
 *
 * @param reservations - all of one environment and batch; some hundreds stay far below the 65 535 parameters of one statement
 * @returns `conflict` (reason `certificate-already-reserved`) when some id stands there outside of this batch
 */
export async function reserveAll(
  reservations: readonly (Reservation & { batch: string })[],
  now: Date,
): Promise<Result<undefined, Failure>> {
  const [first] = reservations;
  if (first === undefined) return ok(undefined);
  const { environment, batch } = first;
  await database()
    .insert(issuedCertificates)
    .values(reservations.map((row) => ({ ...row, delivery: 'reserved' as const, reservedAt: now })))
    .onConflictDoNothing();
  const ids = [...new Set(reservations.map(({ certificateId }) => certificateId))];
  const [found] = await database()
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
  const isOpen = isNotConfirmed(again.now);
  return or(isNull(batch), notInArray(batch, [...again.batches]), isOpen && not(isOpen));
}
