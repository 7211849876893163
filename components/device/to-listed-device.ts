import type { ListedDevice } from './devices-table';

/** The part of a ledger row that is shown. */
type Row = Omit<ListedDevice, 'caId' | 'issuedAt' | 'notBefore' | 'notAfter' | 'lastSeen' | 'thingName'> & {
  /** Empty: of no CA that AWS names. */
  caId: string;
  thingName?: string | undefined;
  reservedAt: Date;
  notBefore: Date;
  notAfter: Date;
  lastSeenState?: string | undefined;
  lastSeenAt?: Date | undefined;
};

/** A ledger row as plain data that travels to the browser. */
export function toListedDevice(row: Row): ListedDevice {
  const { certificateId, commonName, caId, operatorName, reservedAt, notBefore, notAfter, delivery } = row;
  const { lastSeenState: state, lastSeenAt, thingName, origin } = row;
  return {
    certificateId,
    commonName,
    thingName,
    caId: caId || undefined,
    operatorName,
    origin,
    issuedAt: reservedAt.toISOString(),
    notBefore: notBefore.toISOString(),
    notAfter: notAfter.toISOString(),
    delivery,
    lastSeen:
      state === undefined || lastSeenAt === undefined ? undefined : { state, at: lastSeenAt.toISOString() },
  };
}
