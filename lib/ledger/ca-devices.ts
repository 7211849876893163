/**
 * The devices of one CA, as the ledger has them: how many are where, and how many have moved to another CA.
 * @module
 */
import 'server-only';
import { and, eq, gt, isNull, ne, notExists, notInArray, or, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { readBounded } from '@/lib/db/bounded-read';
import { issuedCertificates } from '@/lib/db/schema/ledger';
import type { Failure } from '@/lib/failure';
import { ok, type Result } from '@/lib/result';
import { type LedgerRow, toLedgerRow } from './ledger-row';
import { DELETED_STATE } from './record-seen';

/** Counted exactly up to here, in some tens of milliseconds; beyond it the answer is "at least so many". Our choice. */
const COUNTED_MAX = 100_000;

export type CaLedgerCounts = {
  /** Not expired ones. */
  issued: number;
  /** Not expired, and AWS has not shown them yet: their first connection is still to come. */
  neverSeen: number;
  active: number;
  pending: number;
  /** When anything was last heard of one of them. */
  lastHeardAt: Date | undefined;
  isPartial: boolean;
};

export async function countDevicesOfCa(
  environment: string,
  caId: string,
  now: Date,
): Promise<Result<CaLedgerCounts, Failure>> {
  const counted = await readBounded(async (transaction) => {
    const {
      environment: place,
      caId: ca,
      notAfter,
      lastSeenState,
      lastSeenAt,
      delivery,
    } = issuedCertificates;
    const some = transaction
      .select({
        state: lastSeenState,
        heardAt: lastSeenAt,
        isInUse: sql<boolean>`${notInArray(delivery, [...OUT_OF_USE])}`.as('is_in_use'),
      })
      .from(issuedCertificates)
      .where(and(eq(place, environment), eq(ca, caId), gt(notAfter, now)))
      .limit(COUNTED_MAX + 1)
      .as('some');
    const [row] = await transaction
      .select({
        issued: sql<number>`count(*)`.mapWith(Number),
        neverSeen: sql<number>`count(*) filter (where ${some.state} is null and ${some.isInUse})`.mapWith(
          Number,
        ),
        active: sql<number>`count(*) filter (where ${some.state} = 'ACTIVE')`.mapWith(Number),
        pending: sql<number>`count(*) filter (where ${some.state} = 'PENDING_ACTIVATION')`.mapWith(Number),
        lastHeardAt: sql`max(${some.heardAt})`.mapWith(lastSeenAt),
      })
      .from(some);
    return row;
  });
  if (!counted.ok) return counted;
  const { issued = 0, lastHeardAt, ...others } = counted.value ?? {};
  return ok({
    neverSeen: 0,
    active: 0,
    pending: 0,
    ...others,
    issued: Math.min(issued, COUNTED_MAX),
    lastHeardAt: lastHeardAt ?? undefined,
    isPartial: issued > COUNTED_MAX,
  });
}

/** Nobody is to use their bundles: as long as AWS has not seen one of them, no device is behind it. */
const OUT_OF_USE = ['replaced', 'given-up'] as const;

/** States in which a device is out already and need not move. */
const OUT_STATES = ['INACTIVE', 'REVOKED', DELETED_STATE];

/** The new CA's rows, beside those of the old one. */
const successors = alias(issuedCertificates, 'successors');

export type RotationCounts = {
  /** Certificates of the old CA that still count: neither expired nor out. */
  devices: number;
  /** Of these, those whose common name AWS last showed active with a certificate of the new CA that has not expired. */
  moved: number;
  /** Of the others, those for which such a certificate was delivered and AWS has not shown it active yet. */
  issued: number;
  isPartial: boolean;
};

type Rotation = { oldCaId: string; newCaId: string; now: Date };

export async function countRotation(
  environment: string,
  rotation: Rotation,
): Promise<Result<RotationCounts, Failure>> {
  const counted = await readBounded(async (transaction) => {
    const some = transaction
      .select({ name: issuedCertificates.commonName })
      .from(issuedCertificates)
      .where(staying(environment, rotation))
      .limit(COUNTED_MAX + 1)
      .as('some');
    const { commonName, lastSeenState } = successors;
    const fresh = transaction
      .select({
        name: commonName,
        isActive: sql<boolean>`bool_or(coalesce(${lastSeenState} = 'ACTIVE', false))`.as('is_active'),
      })
      .from(successors)
      .where(usable(environment, rotation))
      .groupBy(commonName)
      .as('fresh');
    const [row] = await transaction
      .select({
        devices: sql<number>`count(*)`.mapWith(Number),
        moved: sql<number>`count(*) filter (where ${fresh.isActive})`.mapWith(Number),
        issued: sql<number>`count(*) filter (where not ${fresh.isActive})`.mapWith(Number),
      })
      .from(some)
      .leftJoin(fresh, eq(fresh.name, some.name));
    return row;
  });
  if (!counted.ok) return counted;
  const { devices = 0, moved = 0, issued = 0 } = counted.value ?? {};
  return ok({ devices: Math.min(devices, COUNTED_MAX), moved, issued, isPartial: devices > COUNTED_MAX });
}

/** Some devices that AWS has not shown active with a certificate of the new CA. */
export async function remainingDevices(
  environment: string,
  { limit, ...rotation }: Rotation & { limit: number },
): Promise<Result<LedgerRow[], Failure>> {
  const read = await readBounded((transaction) => {
    const { commonName, certificateId } = issuedCertificates;
    const moved = transaction
      .select({ name: successors.commonName })
      .from(successors)
      .where(
        and(
          usable(environment, rotation),
          eq(successors.lastSeenState, 'ACTIVE'),
          eq(successors.commonName, commonName),
        ),
      );
    return transaction
      .select()
      .from(issuedCertificates)
      .where(and(staying(environment, rotation), notExists(moved)))
      .orderBy(certificateId)
      .limit(limit);
  });
  return read.ok ? ok(read.value.map((row) => toLedgerRow(row, rotation.now))) : read;
}

function staying(environment: string, { oldCaId, now }: Rotation) {
  const { environment: place, caId, notAfter, lastSeenState, delivery } = issuedCertificates;
  return and(
    eq(place, environment),
    eq(caId, oldCaId),
    gt(notAfter, now),
    or(
      and(isNull(lastSeenState), notInArray(delivery, [...OUT_OF_USE])),
      notInArray(lastSeenState, OUT_STATES),
    ),
  );
}

/** Certificates of the new CA that somebody has and may use. Without a common name nobody knows whose they are. */
function usable(environment: string, { newCaId, now }: Rotation) {
  return and(
    eq(successors.environment, environment),
    eq(successors.caId, newCaId),
    gt(successors.notAfter, now),
    ne(successors.commonName, ''),
    or(
      // Who was seen active has it, whether or not anybody confirmed the delivery.
      eq(successors.lastSeenState, 'ACTIVE'),
      and(
        eq(successors.delivery, 'delivered'),
        or(isNull(successors.lastSeenState), notInArray(successors.lastSeenState, OUT_STATES)),
      ),
    ),
  );
}
