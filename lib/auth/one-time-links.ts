/**
 * Links that let their holder set a password once: the first security admin's, and those a security admin hands out.
 * The token stands in the fragment of the link, so no server sees it in a URL; the database keeps its SHA-256.
 * @module
 */
import 'server-only';
import { and, eq, gt, isNull, or } from 'drizzle-orm';
import { type Database, database, type Transaction } from '@/lib/db/database';
import { oneTimeLinks } from '@/lib/db/schema/auth';
import type { Failure } from '@/lib/failure';
import { hashLinkToken, newLinkToken } from './link-token';

/** Long enough to reach a colleague in another time zone. */
export const SET_PASSWORD_LINK_HOURS = 24;

/** Makes the link of the first start; the one before it, if any, opens nothing any more. It holds until used or replaced. */
export async function replaceSetupLink(db: Database): Promise<string> {
  const token = newLinkToken();
  await db.transaction(async (tx) => {
    await tx.delete(oneTimeLinks).where(eq(oneTimeLinks.purpose, 'setup'));
    await tx.insert(oneTimeLinks).values({ tokenHash: hashLinkToken(token), purpose: 'setup' });
  });
  return token;
}

/** Makes a link for one operator; earlier ones of that operator open nothing any more. */
export async function replaceSetPasswordLink(
  tx: Transaction,
  operatorId: string,
  now: Date,
): Promise<string> {
  const token = newLinkToken();
  const expiresAt = new Date(now.getTime() + SET_PASSWORD_LINK_HOURS * 60 * 60_000);
  await tx.delete(oneTimeLinks).where(eq(oneTimeLinks.operatorId, operatorId));
  await tx
    .insert(oneTimeLinks)
    .values({ tokenHash: hashLinkToken(token), purpose: 'set-password', operatorId, expiresAt });
  return token;
}

type Presented = { token: string; purpose: 'setup' | 'set-password'; now: Date };

/** Whether a link can be used; asked before anything is written, since anybody may present one. */
export async function admitLink(presented: Presented): Promise<Failure | undefined> {
  const [link] = await database().select().from(oneTimeLinks).where(isOpen(presented));
  return link ? undefined : { kind: 'invalid-input', fields: { form: [{ code: 'link-invalid' }] } };
}

/**
 * Uses a link up. Of two who use it at once, one gets it.
 *
 * @returns what it stood for; `undefined` when it is unknown, used, replaced or expired
 */
export async function consumeLink(
  tx: Transaction,
  presented: Presented,
): Promise<{ operatorId: string | undefined } | undefined> {
  const [link] = await tx.delete(oneTimeLinks).where(isOpen(presented)).returning();
  return link && { operatorId: link.operatorId ?? undefined };
}

function isOpen({ token, purpose, now }: Presented) {
  const unexpired = or(isNull(oneTimeLinks.expiresAt), gt(oneTimeLinks.expiresAt, now));
  return and(eq(oneTimeLinks.tokenHash, hashLinkToken(token)), eq(oneTimeLinks.purpose, purpose), unexpired);
}
