/**
 * One issued certificate as the ledger keeps it.
 * @module
 */
import 'server-only';
import type { issuedCertificates } from '@/lib/db/schema/ledger';
import { type Delivery, deliveryOf } from './delivery';

/** Subject attributes as JSON, the shape that the issuing side gives. */
export type LedgerSubject = unknown;

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

type Stored = typeof issuedCertificates.$inferSelect;

/** Their row in our words. */
export function toLedgerRow(stored: Stored, now: Date): LedgerRow {
  return {
    ...stored,
    batch: stored.batch ?? undefined,
    delivery: deliveryOf(stored, now),
    deliveredAt: stored.deliveredAt ?? undefined,
    lastSeenState: stored.lastSeenState ?? undefined,
    lastSeenAt: stored.lastSeenAt ?? undefined,
    thingName: stored.thingName ?? undefined,
    lastSeenSource: stored.lastSeenSource ?? undefined,
    registeredAt: stored.registeredAt ?? undefined,
    activatedAt: stored.activatedAt ?? undefined,
  };
}
