/**
 * The devices of one CA, as the ledger has them: how many are where, and how many have a certificate of another CA already.
 * @module
 */
import 'server-only';
import { and, eq, gt, isNull, notInArray, or, sql } from 'drizzle-orm';
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
    const { environment: place, caId: ca, notAfter, lastSeenState, lastSeenAt } = issuedCertificates;
    const some = transaction
      .select({ state: lastSeenState, heardAt: lastSeenAt })
      .from(issuedCertificates)
      .where(and(eq(place, environment), eq(ca, caId), gt(notAfter, now)))
      .limit(COUNTED_MAX + 1)
      .as('some');
    const [row] = await transaction
      .select({
        issued: sql<number>`count(*)`.mapWith(Number),
        neverSeen: sql<number>`count(*) filter (where ${some.state} is null)`.mapWith(Number),
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

/** States in which a device is out already and need not move. */
const OUT_STATES = ['INACTIVE', 'REVOKED', DELETED_STATE];

export type RotationCounts = {
  /** Devices of the old CA that still count: neither expired nor out. */
  devices: number;
  /** Of these, those that have a certificate of the new CA as well, by common name. */
  moved: number;
  isPartial: boolean;
};

export async function countRotation(
  environment: string,
  { oldCaId, newCaId, now }: { oldCaId: string; newCaId: string; now: Date },
): Promise<Result<RotationCounts, Failure>> {
  const counted = await readBounded(async (transaction) => {
    const some = transaction
      .select({ name: issuedCertificates.commonName })
      .from(issuedCertificates)
      .where(staying(environment, oldCaId, now))
      .limit(COUNTED_MAX + 1)
      .as('some');
    const { environment: place, caId, commonName } = issuedCertificates;
    const fresh = transaction
      .selectDistinct({ name: commonName })
      .from(issuedCertificates)
      .where(and(eq(place, environment), eq(caId, newCaId)))
      .as('fresh');
    const [row] = await transaction
      .select({
        devices: sql<number>`count(*)`.mapWith(Number),
        moved: sql<number>`count(${fresh.name})`.mapWith(Number),
      })
      .from(some)
      .leftJoin(fresh, eq(fresh.name, some.name));
    return row;
  });
  if (!counted.ok) return counted;
  const { devices = 0, moved = 0 } = counted.value ?? {};
  return ok({ devices: Math.min(devices, COUNTED_MAX), moved, isPartial: devices > COUNTED_MAX });
}

/** Some devices that have no certificate of the new CA yet. */
export async function remainingDevices(
  environment: string,
  { oldCaId, newCaId, now, limit }: { oldCaId: string; newCaId: string; now: Date; limit: number },
): Promise<Result<LedgerRow[], Failure>> {
  const read = await readBounded((transaction) => {
    const { environment: place, caId, commonName, certificateId } = issuedCertificates;
    const fresh = transaction
      .select({ name: commonName })
      .from(issuedCertificates)
      .where(and(eq(place, environment), eq(caId, newCaId)));
    return transaction
      .select()
      .from(issuedCertificates)
      .where(and(staying(environment, oldCaId, now), notInArray(commonName, fresh)))
      .orderBy(certificateId)
      .limit(limit);
  });
  return read.ok ? ok(read.value.map((row) => toLedgerRow(row, now))) : read;
}

function staying(environment: string, oldCaId: string, now: Date) {
  const { environment: place, caId, notAfter, lastSeenState } = issuedCertificates;
  return and(
    eq(place, environment),
    eq(caId, oldCaId),
    gt(notAfter, now),
    or(isNull(lastSeenState), notInArray(lastSeenState, OUT_STATES)),
  );
}
