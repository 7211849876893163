/**
 * Sweeps: runs that ask AWS for the state of every certificate, and the certificates they found and have yet to read.
 * @module
 */
import { sql } from 'drizzle-orm';
import { index, jsonb, pgTable, primaryKey, text, timestamp, uniqueIndex } from 'drizzle-orm/pg-core';

const instant = (name: string) => timestamp(name, { withTimezone: true });

export const sweepRuns = pgTable(
  'sweep_runs',
  {
    environment: text('environment').notNull(),
    id: text('id').notNull(),
    state: text('state', { enum: ['running', 'done', 'cancelled', 'failed'] }).notNull(),
    /** Null: the schedule. Copied, so that the row stays true when the operator is renamed. */
    startedById: text('started_by_id'),
    startedByName: text('started_by_name'),
    startedAt: instant('started_at').notNull(),
    endedAt: instant('ended_at'),
    /** Of several instances one works on a run, as long as it renews its lease. */
    leaseHolder: text('lease_holder').notNull(),
    leaseUntil: instant('lease_until').notNull(),
    /** Where to go on, what was counted, and what could not be seen. */
    progress: jsonb('progress').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.environment, table.id] }),
    index('sweep_runs_newest').on(table.environment, table.startedAt.desc()),
    // At most one at a time, whoever starts it and on whichever instance.
    uniqueIndex('sweep_runs_running').on(table.environment).where(sql`state = 'running'`),
  ],
);

/** AWS lists only id and state: a row of the ledger is written once the certificate itself was read. */
export const unreadCertificates = pgTable(
  'unread_certificates',
  {
    environment: text('environment').notNull(),
    certificateId: text('certificate_id').notNull(),
    caId: text('ca_id').notNull(),
    /** `unknown`: the ledger has no such row; `missing`: AWS listed it before and does not any more. */
    reason: text('reason', { enum: ['unknown', 'missing'] }).notNull(),
    foundAt: instant('found_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.environment, table.certificateId] })],
);
