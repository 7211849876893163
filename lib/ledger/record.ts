/**
 * Writing the ledger: reserve before any byte of a bundle leaves the page, confirm after.
 * @module
 */
import 'server-only';
import { and, eq, isNull } from 'drizzle-orm';
import { database } from '@/lib/db/database';
import { issuedCertificates } from '@/lib/db/schema/ledger';
import type { Failure } from '@/lib/failure';
import { fail, ok, type Result } from '@/lib/result';
import { type LedgerRow, toLedgerRow } from './ledger-row';
import { recordAllSeen, type SeenSource } from './record-seen';

/** What the issuer knows; the ledger adds the delivery. */
export type Reservation = Omit<
  LedgerRow,
  | 'delivery'
  | 'reservedAt'
  | 'deliveredAt'
  | 'lastSeenState'
  | 'lastSeenAt'
  | 'lastSeenSource'
  | 'registeredAt'
  | 'activatedAt'
  | 'origin'
>;

/**
 * Makes the row durable as `reserved`. Repeating the same reservation answers with the row that is there, so a lost answer may be asked
 * for again.
 *
 * @returns `conflict` (reason `certificate-already-reserved`) when another operator or CA holds the id
 */
export async function reserve(
  reservation: Reservation,
  now = new Date(),
): Promise<Result<LedgerRow, Failure>> {
  await database()
    .insert(issuedCertificates)
    .values({ ...reservation, delivery: 'reserved', reservedAt: now })
    .onConflictDoNothing();
  const [row] = await database()
    .select()
    .from(issuedCertificates)
    .where(key(reservation.environment, reservation.certificateId));
  if (row === undefined) throw new Error('a ledger row vanished while it was reserved');
  const { operatorId, caId, serial } = row;
  const same =
    operatorId === reservation.operatorId && caId === reservation.caId && serial === reservation.serial;
  return same
    ? ok(toLedgerRow(row, now))
    : fail({ kind: 'conflict', reason: 'certificate-already-reserved' });
}

/** Marks a reserved bundle as delivered. Confirming twice keeps the first time. */
export async function confirmDelivery(
  environment: string,
  certificateId: string,
  now = new Date(),
): Promise<Result<undefined, Failure>> {
  const stored = await database()
    .update(issuedCertificates)
    .set({ delivery: 'delivered', deliveredAt: now })
    .where(and(key(environment, certificateId), isNull(issuedCertificates.deliveredAt)))
    .returning({ id: issuedCertificates.certificateId });
  if (stored.length > 0) return ok(undefined);
  const [row] = await database().select().from(issuedCertificates).where(key(environment, certificateId));
  return row === undefined
    ? fail({ kind: 'not-found', resource: 'issued-certificate', id: certificateId })
    : ok(undefined);
}

type SeenMore = {
  source?: SeenSource;
  registeredAt?: Date | undefined;
  thingName?: string | undefined;
};

/** Keeps what AWS last said of one certificate, such as `ACTIVE`. An older sighting does not replace a newer one. */
export async function recordSeen(
  environment: string,
  certificateId: string,
  state: string,
  at: Date,
  { source = 'look-up', registeredAt, thingName }: SeenMore = {},
): Promise<void> {
  await recordAllSeen(environment, [{ certificateId, state, registeredAt, thingName }], { at, source });
}

function key(environment: string, certificateId: string) {
  return and(
    eq(issuedCertificates.environment, environment),
    eq(issuedCertificates.certificateId, certificateId),
  );
}
