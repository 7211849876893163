/**
 * Batches of devices: what was begun, and what became of it. Their devices are rows of the ledger.
 * @module
 */
import { index, integer, jsonb, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core';

const instant = (name: string) => timestamp(name, { withTimezone: true });

export const issuanceBatches = pgTable(
  'issuance_batches',
  {
    environment: text('environment').notNull(),
    /** Chosen by the page, so that a lost answer may be asked for again. */
    id: text('id').notNull(),
    caId: text('ca_id').notNull(),
    /** How many it is to have. */
    devices: integer('devices').notNull(),
    operatorId: text('operator_id').notNull(),
    operatorName: text('operator_name').notNull(),
    /** Algorithm, validity, formats: never a passphrase. */
    settings: jsonb('settings').notNull(),
    state: text('state', { enum: ['open', 'delivered', 'given-up'] }).notNull(),
    /** Of the manifest that was given out, when it was delivered. Set with `endedAt`. */
    manifestSha256: text('manifest_sha256'),
    createdAt: instant('created_at').notNull(),
    /** When somebody said how it ends. The state follows once all its devices are changed. */
    endedAt: instant('ended_at'),
  },
  (table) => [
    primaryKey({ columns: [table.environment, table.id] }),
    index('issuance_batches_newest').on(table.environment, table.createdAt.desc()),
  ],
);
