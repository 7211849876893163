/**
 * The audit log: append-only, two rows per act (what was meant, what came of it).
 * @module
 */
import { bigint, index, jsonb, pgTable, text, timestamp, uniqueIndex } from 'drizzle-orm/pg-core';

export const auditEvents = pgTable(
  'audit_events',
  {
    sequence: bigint('sequence', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    actId: text('act_id').notNull(),
    phase: text('phase', { enum: ['intent', 'outcome'] }).notNull(),
    at: timestamp('at', { withTimezone: true }).notNull(),
    /** Copied, so that the row stays true when the operator is renamed or gone; null: nobody was signed in. */
    actorId: text('actor_id'),
    actorName: text('actor_name'),
    actorRole: text('actor_role'),
    clientAddress: text('client_address'),
    /** Null for acts that touch no environment, such as managing operators. */
    environment: text('environment'),
    action: text('action').notNull(),
    resource: text('resource'),
    outcome: text('outcome', { enum: ['ok', 'failed'] }),
    failureKind: text('failure_kind'),
    failureDetail: text('failure_detail'),
    before: jsonb('before'),
    after: jsonb('after'),
    requestId: text('request_id'),
  },
  (table) => [
    uniqueIndex('audit_events_act_phase').on(table.actId, table.phase),
    index('audit_events_environment').on(table.environment, table.sequence),
    index('audit_events_actor').on(table.actorId, table.sequence),
    index('audit_events_action').on(table.action, table.sequence),
  ],
);
