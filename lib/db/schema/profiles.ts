/**
 * Profiles: how devices of one kind are issued, agreed once by a security admin.
 * @module
 */
import { integer, jsonb, pgTable, primaryKey, text, timestamp, uniqueIndex } from 'drizzle-orm/pg-core';

const instant = (name: string) => timestamp(name, { withTimezone: true });

export const issuanceProfiles = pgTable(
  'issuance_profiles',
  {
    environment: text('environment').notNull(),
    id: text('id').notNull(),
    name: text('name').notNull(),
    /** The name in other languages, by locale. */
    translations: jsonb('translations').notNull(),
    /** Pattern, subject, keys, validity cap, files and the rule for passphrases: never a passphrase. */
    content: jsonb('content').notNull(),
    /** Counts from 1; who saves over another version is told. */
    version: integer('version').notNull(),
    changedAt: instant('changed_at').notNull(),
    changedByName: text('changed_by_name').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.environment, table.id] }),
    uniqueIndex('issuance_profiles_name').on(table.environment, table.name),
  ],
);
