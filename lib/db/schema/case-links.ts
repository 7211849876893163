/**
 * Links to case cards, and where a security admin allows them.
 * @module
 */
import { boolean, index, integer, pgTable, text, timestamp } from 'drizzle-orm/pg-core';

const instant = (name: string) => timestamp(name, { withTimezone: true });

/** Only the SHA-256 of a link's token is kept. A link that was revoked or has expired stays, for who asks who made it. */
export const caseLinks = pgTable(
  'case_links',
  {
    tokenHash: text('token_hash').primaryKey(),
    /** The beginning of the hash: names the link in lists and in the audit log, and opens nothing. */
    id: text('id').notNull().unique(),
    environment: text('environment').notNull(),
    certificateId: text('certificate_id').notNull(),
    /** Copied, so that the row stays true when the operator is renamed. */
    createdById: text('created_by_id').notNull(),
    createdByName: text('created_by_name').notNull(),
    createdAt: instant('created_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    revokedAt: instant('revoked_at'),
    lastOpenedAt: instant('last_opened_at'),
    openings: integer('openings').notNull().default(0),
  },
  (table) => [index('case_links_device').on(table.environment, table.certificateId, table.createdAt)],
);

/** No row: links are not allowed. */
export const caseLinkSettings = pgTable('case_link_settings', {
  environment: text('environment').primaryKey(),
  isAllowed: boolean('is_allowed').notNull(),
  changedAt: instant('changed_at').notNull(),
});
