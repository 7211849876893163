/**
 * One issued certificate as the ledger keeps it.
 * @module
 */
import 'server-only';
import type { issuedCertificates } from '@/lib/db/schema/ledger';

/** Subject attributes as JSON, the shape that the issuing side gives. */
export type LedgerSubject = unknown;

/**
 * `reserved`: the row is durable, the bundle may be on its way; `delivered`: the page confirmed the download;
 * `not-confirmed`: the page was left before it could; `replaced`: that was so, and a later batch gave the device another bundle;
 * `given-up`: that was so, and a person said that nobody will use it.
 */
export type Delivery = 'reserved' | 'delivered' | 'not-confirmed' | 'replaced' | 'given-up';

export type LedgerRow = {
  environment: string;
  /** AWS's certificate id: 64 lower-case hex digits. */
  certificateId: string;
  caId: string;
  serial: string;
  subject: LedgerSubject;
  commonName: string;
  notBefore: Date;
  notAfter: Date;
  batch?: string | undefined;
  operatorId: string;
  operatorName: string;
  delivery: Delivery;
  reservedAt: Date;
  deliveredAt?: Date | undefined;
  lastSeenState?: string | undefined;
  lastSeenAt?: Date | undefined;
  /** The thing it was last seen attached to; undefined: not known. */
  thingName?: string | undefined;
  /** How it was heard. */
  lastSeenSource?: 'sweep' | 'look-up' | 'act' | 'event' | undefined;
  /** When AWS registered it, and when it became active, as far as anybody asked. */
  registeredAt?: Date | undefined;
  activatedAt?: Date | undefined;
  /** How the row came to be; left out: issued here. */
  origin?: 'issued' | 'pem' | 'csv' | 'sweep';
};

/** After this long a reserved bundle counts as not confirmed: no download of one device takes longer. */
export const RESERVATION_TIMEOUT_MS = 10 * 60_000;

type Stored = typeof issuedCertificates.$inferSelect;

/** Their row in our words; an old reservation reads as not confirmed. */
export function toLedgerRow(stored: Stored, now: Date): LedgerRow {
  const abandoned =
    stored.delivery === 'reserved' && now.getTime() - stored.reservedAt.getTime() > RESERVATION_TIMEOUT_MS;
  return {
    ...stored,
    batch: stored.batch ?? undefined,
    delivery: abandoned ? 'not-confirmed' : stored.delivery,
    deliveredAt: stored.deliveredAt ?? undefined,
    lastSeenState: stored.lastSeenState ?? undefined,
    lastSeenAt: stored.lastSeenAt ?? undefined,
    thingName: stored.thingName ?? undefined,
    lastSeenSource: stored.lastSeenSource ?? undefined,
    registeredAt: stored.registeredAt ?? undefined,
    activatedAt: stored.activatedAt ?? undefined,
  };
}
