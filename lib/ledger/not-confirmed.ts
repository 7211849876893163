/**
 * Devices of which nobody knows whether anyone has their bundle, and what people say of them: that it did arrive, or that nobody will
 * use it. Whom a later batch issued again is replaced by it (`issued-again.ts`).
 * @module
 */
import 'server-only';
import { and, asc, count, eq, inArray, isNull, type SQL, sql } from 'drizzle-orm';
import { readBounded } from '@/lib/db/bounded-read';
import { issuedCertificates } from '@/lib/db/schema/ledger';
import type { Failure } from '@/lib/failure';
import { ok, type Result } from '@/lib/result';
import { type BatchKey, changeBatchRows } from './change-batch-rows';
import { hasDelivery } from './delivery';
import { type LedgerRow, toLedgerRow } from './ledger-row';

/** So many digits of a SHA-256 tell the devices of a batch apart, and a hundred of them fit an address. */
export const CHOSEN_DIGITS = 16;

/** Certificate ids, or their first {@link CHOSEN_DIGITS}; undefined: all of the batch. */
export type Chosen = readonly string[] | undefined;

const isChosen = (ids: Chosen) =>
  ids &&
  inArray(
    sql`left(${issuedCertificates.certificateId}, ${CHOSEN_DIGITS})`,
    ids.map((id) => id.slice(0, CHOSEN_DIGITS)),
  );

const ofBatch = ({ environment, batch }: BatchKey) =>
  and(eq(issuedCertificates.environment, environment), eq(issuedCertificates.batch, batch));

/**
 * Devices of a batch that are not confirmed.
 *
 * @param after - the certificate id of the last one before
 * @param by - `issue`: as they were issued, which an index gives for as many parts as one likes; `name`: for people
 * @returns `statement-timeout` when it was cut so that nobody else waits for it, as all that is counted here
 */
export async function notConfirmed(
  key: BatchKey,
  {
    after,
    limit,
    now,
    chosen,
    by = 'issue',
  }: {
    after: string | undefined;
    limit: number;
    now: Date;
    chosen?: Chosen;
    by?: 'issue' | 'name';
  },
): Promise<Result<LedgerRow[], Failure>> {
  const { environment, certificateId, reservedAt, commonName } = issuedCertificates;
  const order = by === 'name' ? commonName : reservedAt;
  const read = await readBounded((transaction) =>
    transaction
      .select()
      .from(issuedCertificates)
      .where(
        and(
          ofBatch(key),
          hasDelivery('not-confirmed', now),
          isChosen(chosen),
          after === undefined
            ? undefined
            : sql`(${order}, ${certificateId}) > ((select ${order} from ${issuedCertificates}
              where ${eq(environment, key.environment)} and ${eq(certificateId, after)}), ${after})`,
        ),
      )
      .orderBy(asc(order), asc(certificateId))
      .limit(limit),
  );
  return read.ok ? ok(read.value.map((row) => toLedgerRow(row, now))) : read;
}

/** How many there are, and how many of them AWS has seen, in whatever state: somebody has the bundles of those. */
export async function countNotConfirmed(
  key: BatchKey,
  now: Date,
  chosen?: Chosen,
): Promise<Result<{ devices: number; seen: number }, Failure>> {
  const counted = await readBounded((transaction) =>
    transaction
      .select({ devices: count(), seen: count(issuedCertificates.lastSeenState) })
      .from(issuedCertificates)
      .where(and(ofBatch(key), hasDelivery('not-confirmed', now), isChosen(chosen))),
  );
  return counted.ok ? ok(counted.value[0] ?? { devices: 0, seen: 0 }) : counted;
}

/**
 * A person says that the bundles did arrive.
 *
 * @returns how many were not confirmed until now
 */
export async function confirmDevices(key: BatchKey, chosen: Chosen, now: Date): Promise<number> {
  return changeBatchRows(
    key,
    and(hasDelivery('not-confirmed', now), isNull(issuedCertificates.deliveredAt), isChosen(chosen)),
    {
      delivery: 'delivered',
      deliveredAt: now,
    },
  );
}

/**
 * A person says that nobody will use the bundles.
 *
 * @returns how many were not confirmed until now
 */
export async function giveUpDevices(key: BatchKey, chosen: Chosen, now: Date): Promise<number> {
  return changeBatchRows(key, and(hasDelivery('not-confirmed', now), isChosen(chosen)), {
    delivery: 'given-up',
  });
}

/** Devices of a batch whose bundles nobody is to use, and how many of them AWS would let in as they were last seen. */
export type OutOfUse = {
  replaced: number;
  givenUp: number;
  active: { replaced: number; givenUp: number };
};

export async function countOutOfUse(key: BatchKey): Promise<Result<OutOfUse, Failure>> {
  const { delivery, lastSeenState } = issuedCertificates;
  const isActive = eq(lastSeenState, 'ACTIVE');
  const counted = await readBounded((transaction) =>
    transaction
      .select({
        replaced: filtered(eq(delivery, 'replaced')),
        givenUp: filtered(eq(delivery, 'given-up')),
        activeReplaced: filtered(and(eq(delivery, 'replaced'), isActive)),
        activeGivenUp: filtered(and(eq(delivery, 'given-up'), isActive)),
      })
      .from(issuedCertificates)
      .where(ofBatch(key)),
  );
  if (!counted.ok) return counted;
  const { replaced = 0, givenUp = 0, activeReplaced = 0, activeGivenUp = 0 } = counted.value[0] ?? {};
  return ok({ replaced, givenUp, active: { replaced: activeReplaced, givenUp: activeGivenUp } });
}

const filtered = (condition: SQL | undefined) =>
  sql<number>`count(*) filter (where ${condition})`.mapWith(Number);
