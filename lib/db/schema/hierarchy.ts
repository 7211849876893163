/**
 * What AWS does not keep about chains and renewals: the certificates above a CA, and which certificate took whose place.
 * @module
 */
import { index, jsonb, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core';

const instant = (name: string) => timestamp(name, { withTimezone: true });

/** The certificates above a CA, public ones only: AWS knows the CA that signs devices and nothing of what signed it. */
export const caIssuers = pgTable(
  'ca_issuers',
  {
    environment: text('environment').notNull(),
    caId: text('ca_id').notNull(),
    /** PEM texts from the CA's own issuer upwards; the last one is the root where it is known. */
    issuerPems: jsonb('issuer_pems').$type<string[]>().notNull(),
    operatorId: text('operator_id').notNull(),
    operatorName: text('operator_name').notNull(),
    recordedAt: instant('recorded_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.environment, table.caId] })],
);

/**
 * A device's certificate and the one that takes its place. AWS says how far it has come; this says that it was begun, and what an
 * interrupted one needs to go on.
 */
export const certificateReplacements = pgTable(
  'certificate_replacements',
  {
    environment: text('environment').notNull(),
    newCertificateId: text('new_certificate_id').notNull(),
    oldCertificateId: text('old_certificate_id').notNull(),
    newCaId: text('new_ca_id').notNull(),
    /** Public; what RegisterCertificate is given, from whichever page it is finished. */
    newCertificatePem: text('new_certificate_pem').notNull(),
    operatorId: text('operator_id').notNull(),
    operatorName: text('operator_name').notNull(),
    beganAt: instant('began_at').notNull(),
    /** The new one has everything the old one has, and is active. */
    inPlaceAt: instant('in_place_at'),
    /** The old one was deactivated. */
    retiredAt: instant('retired_at'),
    /** Given up: its bundle was lost, or another was begun. */
    abandonedAt: instant('abandoned_at'),
  },
  (table) => [
    primaryKey({ columns: [table.environment, table.newCertificateId] }),
    index('certificate_replacements_old').on(table.environment, table.oldCertificateId, table.beganAt.desc()),
  ],
);
