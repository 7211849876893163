/**
 * What the console does with newly registered certificates of a CA: the settings of its set-up, and when it was deployed.
 * @module
 */
import { integer, jsonb, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core';

const instant = (name: string) => timestamp(name, { withTimezone: true });

export const jitrSetUps = pgTable(
  'jitr_set_ups',
  {
    environment: text('environment').notNull(),
    caId: text('ca_id').notNull(),
    /** As the form makes them; read with a schema, since a later version may know others. */
    settings: jsonb('settings').notNull(),
    changedById: text('changed_by_id').notNull(),
    changedByName: text('changed_by_name').notNull(),
    changedAt: instant('changed_at').notNull(),
    /** When a deployment of these settings was begun; null: never, or it was removed. */
    deployedAt: instant('deployed_at'),
    /** How many certificates its allow list had then. */
    deployedAllowed: integer('deployed_allowed'),
  },
  (table) => [primaryKey({ columns: [table.environment, table.caId] })],
);
