/**
 * Links that show one device's case card to whoever holds them, for a while. The token stands in the fragment of the link, which
 * browsers send to no server: neither our log nor a proxy's, nor a `Referer`, can keep it, and a ticket system that looks
 * the link up beforehand opens nothing. The database has its SHA-256.
 * @module
 */
import 'server-only';
import { timingSafeEqual } from 'node:crypto';
import { and, desc, eq, gt, isNull, sql } from 'drizzle-orm';
import { settings } from '@/lib/config/settings';
import { database } from '@/lib/db/database';
import { caseLinkSettings, caseLinks } from '@/lib/db/schema/case-links';
import type { Failure } from '@/lib/failure';
import { fail, ok, type Result } from '@/lib/result';
import { hashLinkToken, newLinkToken } from './link-token';
import type { Operator } from './permissions';

/** A ticket that is open for longer gets a new link: what is forgotten must not stay open. */
export const CASE_LINK_DAYS_MAX = 7;

/** A ticket needs one, a second operator perhaps another; more is a link nobody found again. */
const LIVE_LINKS_PER_DEVICE_MAX = 20;

/** The link's name in lists and in the audit log: 64 bits of the hash tell links apart and open nothing. */
const ID_CHARACTERS = 16;

const DAY_MS = 24 * 60 * 60_000;

export type CaseDevice = { environment: string; certificateId: string };

export type CaseLink = {
  id: string;
  createdByName: string;
  createdAt: Date;
  expiresAt: Date;
  lastOpenedAt: Date | undefined;
  openings: number;
};

export const caseLinkId = (token: string): string => hashLinkToken(token).slice(0, ID_CHARACTERS);

/** The address that a ticket gets. */
export const caseLinkUrl = (environment: string, token: string): string =>
  `${settings().baseUrl.origin}/case/${environment}#token=${token}`;

/** Whether a security admin lets links be made, and be opened, in this environment. */
export async function areCaseLinksAllowed(environment: string): Promise<boolean> {
  const [row] = await database()
    .select({ isAllowed: caseLinkSettings.isAllowed })
    .from(caseLinkSettings)
    .where(eq(caseLinkSettings.environment, environment));
  return row?.isAllowed ?? false;
}

/** Taking it back closes every link of the environment at once. */
export async function allowCaseLinks(environment: string, isAllowed: boolean, now: Date): Promise<void> {
  await database()
    .insert(caseLinkSettings)
    .values({ environment, isAllowed, changedAt: now })
    .onConflictDoUpdate({ target: caseLinkSettings.environment, set: { isAllowed, changedAt: now } });
}

export type MadeCaseLink = { id: string; token: string; expiresAt: Date };

/** Makes a link; its token is in this answer and nowhere else. */
export async function makeCaseLink(
  { environment, certificateId }: CaseDevice,
  creator: Pick<Operator, 'id' | 'name'>,
  days: number,
  now: Date,
): Promise<Result<MadeCaseLink, Failure>> {
  if (!(await areCaseLinksAllowed(environment)))
    return fail({ kind: 'conflict', reason: 'case-links-not-allowed' });
  const live = await listCaseLinks({ environment, certificateId }, now);
  if (live.length >= LIVE_LINKS_PER_DEVICE_MAX)
    return fail({ kind: 'conflict', reason: 'too-many-case-links' });
  const token = newLinkToken();
  const made = { id: caseLinkId(token), expiresAt: new Date(now.getTime() + days * DAY_MS) };
  await database()
    .insert(caseLinks)
    .values({
      ...made,
      tokenHash: hashLinkToken(token),
      environment,
      certificateId,
      createdById: creator.id,
      createdByName: creator.name,
      createdAt: now,
    });
  return ok({ ...made, token });
}

/** The device's links that still open something, newest first. */
export async function listCaseLinks(device: CaseDevice, now: Date): Promise<CaseLink[]> {
  const rows = await database()
    .select()
    .from(caseLinks)
    .where(
      and(
        eq(caseLinks.environment, device.environment),
        eq(caseLinks.certificateId, device.certificateId),
        isLive(now),
      ),
    )
    .orderBy(desc(caseLinks.createdAt))
    .limit(LIVE_LINKS_PER_DEVICE_MAX);
  return rows.map(({ id, createdByName, createdAt, expiresAt, lastOpenedAt, openings }) => ({
    id,
    createdByName,
    createdAt,
    expiresAt,
    lastOpenedAt: lastOpenedAt ?? undefined,
    openings,
  }));
}

/** A link that is gone already stays gone. */
export async function revokeCaseLink(device: CaseDevice, id: string, now: Date): Promise<void> {
  await database()
    .update(caseLinks)
    .set({ revokedAt: now })
    .where(
      and(
        eq(caseLinks.id, id),
        eq(caseLinks.environment, device.environment),
        eq(caseLinks.certificateId, device.certificateId),
        isNull(caseLinks.revokedAt),
      ),
    );
}

export type PresentedCaseLink = { environment: string; token: string; now: Date };

/**
 * The link that a stranger presents.
 *
 * @returns undefined alike for a token that never was, one that expired, one that was revoked, another environment's, and where
 *   links are not allowed (any more)
 */
export async function findCaseLink({
  environment,
  token,
  now,
}: PresentedCaseLink): Promise<(CaseDevice & { id: string; expiresAt: Date }) | undefined> {
  const presented = hashLinkToken(token);
  const [link] = await database()
    .select()
    .from(caseLinks)
    .where(and(eq(caseLinks.tokenHash, presented), eq(caseLinks.environment, environment), isLive(now)));
  if (link === undefined || !isSame(link.tokenHash, presented)) return undefined;
  if (!(await areCaseLinksAllowed(environment))) return undefined;
  const { id, certificateId, expiresAt } = link;
  return { id, environment, certificateId, expiresAt };
}

export async function recordCaseLinkOpened(id: string, now: Date): Promise<void> {
  await database()
    .update(caseLinks)
    .set({ lastOpenedAt: now, openings: sql`${caseLinks.openings} + 1` })
    .where(eq(caseLinks.id, id));
}

const isLive = (now: Date) => and(isNull(caseLinks.revokedAt), gt(caseLinks.expiresAt, now));

/** In the same time whatever differs, though what an index compares are hashes that nobody can choose. */
const isSame = (stored: string, presented: string): boolean =>
  timingSafeEqual(Buffer.from(stored, 'hex'), Buffer.from(presented, 'hex'));
