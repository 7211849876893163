/**
 * The ledger: which certificates were issued here, by whom, and what AWS last said of them.
 * @module
 */
import { sql } from 'drizzle-orm';
import { boolean, index, integer, jsonb, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core';

const instant = (name: string) => timestamp(name, { withTimezone: true });

export const issuedCertificates = pgTable(
  'issued_certificates',
  {
    environment: text('environment').notNull(),
    /** AWS's certificate id: lower-case hex of the SHA-256 of the DER. */
    certificateId: text('certificate_id').notNull(),
    caId: text('ca_id').notNull(),
    serial: text('serial').notNull(),
    subject: jsonb('subject').notNull(),
    commonName: text('common_name').notNull(),
    notBefore: instant('not_before').notNull(),
    notAfter: instant('not_after').notNull(),
    batch: text('batch'),
    operatorId: text('operator_id').notNull(),
    operatorName: text('operator_name').notNull(),
    delivery: text('delivery', {
      enum: ['reserved', 'delivered', 'not-confirmed', 'replaced', 'given-up'],
    }).notNull(),
    reservedAt: instant('reserved_at').notNull(),
    deliveredAt: instant('delivered_at'),
    lastSeenState: text('last_seen_state'),
    lastSeenAt: instant('last_seen_at'),
    /** How that was heard: in a sweep's list, by looking at this one certificate, because it was changed from here, or by an event. */
    lastSeenSource: text('last_seen_source', { enum: ['sweep', 'look-up', 'act', 'event'] }),
    /** When AWS registered it, which in just-in-time registration is its first contact. */
    registeredAt: instant('registered_at'),
    /** When it became active, as well as the console can know it. */
    activatedAt: instant('activated_at'),
    /** By the fleet index, where it is on. */
    isConnected: boolean('is_connected'),
    connectivityAt: instant('connectivity_at'),
    /** How the row came to be. */
    origin: text('origin', { enum: ['issued', 'pem', 'csv', 'sweep'] })
      .notNull()
      .default('issued'),
    /** The thing it was last seen attached to; null: not known. */
    thingName: text('thing_name'),
  },
  (table) => [
    primaryKey({ columns: [table.environment, table.certificateId] }),
    // Lists are read backwards, so that one comparison of (time, id) finds where the last page ended. What ends in (time, id)
    // gives the newest rows of a filter without sorting.
    index('issued_certificates_latest').on(table.environment, table.reservedAt, table.certificateId),
    index('issued_certificates_state').on(
      table.environment,
      table.lastSeenState,
      table.reservedAt,
      table.certificateId,
    ),
    index('issued_certificates_delivery').on(
      table.environment,
      table.delivery,
      table.reservedAt,
      table.certificateId,
    ),
    // Issued one by one, and not confirmed yet: who waits too long for it is told by the time (lib/ledger/delivery.ts).
    index('issued_certificates_single_reserved')
      .on(table.environment, table.reservedAt, table.certificateId)
      .where(sql`delivery = 'reserved' and batch is null`),
    index('issued_certificates_of_batch').on(
      table.environment,
      table.batch,
      table.reservedAt,
      table.certificateId,
    ),
    index('issued_certificates_expiry').on(table.environment, table.notAfter, table.certificateId),
    // text_pattern_ops: prefix search by index, whatever the collation of the database.
    index('issued_certificates_name').on(table.environment, table.commonName.op('text_pattern_ops')),
    index('issued_certificates_thing').on(table.environment, table.thingName.op('text_pattern_ops')),
    // Trigrams find what stands inside of a name. Without the list of pending entries, which every search would read through.
    index('issued_certificates_trigrams')
      .using('gin', table.commonName.op('gin_trgm_ops'), table.thingName.op('gin_trgm_ops'))
      .with({ fastupdate: false }),
    index('issued_certificates_id').on(table.environment, table.certificateId.op('text_pattern_ops')),
    // Two CAs may have given out the same number.
    index('issued_certificates_serial').on(table.environment, table.serial),
    index('issued_certificates_ca').on(table.environment, table.caId),
    index('issued_certificates_activated')
      .on(table.environment, table.activatedAt)
      .where(sql`activated_at is not null`),
  ],
);

/** How many rows of the ledger there are of each sort, kept by triggers: counting a million rows takes too long for a page. */
export const ledgerCounts = pgTable(
  'ledger_counts',
  {
    environment: text('environment').notNull(),
    delivery: text('delivery').notNull(),
    /** Empty: never seen in AWS. */
    lastSeenState: text('last_seen_state').notNull(),
    rows: integer('rows').notNull(),
  },
  (table) => [primaryKey({ columns: [table.environment, table.delivery, table.lastSeenState] })],
);
