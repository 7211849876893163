/**
 * Reading the audit log: acts, newest first, each with its outcome.
 * @module
 */
import 'server-only';
import { and, desc, eq, isNull, lt, type SQL } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { database } from '@/lib/db/database';
import { auditEvents } from '@/lib/db/schema/audit';

export type Act = {
  sequence: number;
  at: Date;
  actor: { id: string; name: string; role: string } | undefined;
  clientAddress: string | undefined;
  environment: string | undefined;
  action: string;
  resource: string | undefined;
  /** `unfinished`: the outcome was never written; the act is running, or the process ended in its middle. */
  outcome: 'ok' | 'failed' | 'unfinished';
  failure: { kind: string; detail: string | undefined } | undefined;
  before: unknown;
  after: unknown;
  requestId: string | undefined;
};

export type ActFilter = {
  /** `null`: acts that touched no environment. */
  environment?: string | null | undefined;
  actorId?: string | undefined;
  action?: string | undefined;
};

/** A page is rendered as a table on the server, which is slow beyond this. */
export const ACTS_PAGE_MAX = 100;

/**
 * @param before - the sequence of the last act of the page before; `undefined`: from the newest
 * @returns at most `pageSize` acts, and where the next page begins, if there is one
 */
export async function listActs(
  filter: ActFilter,
  { before, pageSize }: { before: number | undefined; pageSize: number },
): Promise<{ acts: Act[]; next: number | undefined }> {
  const size = Math.min(pageSize, ACTS_PAGE_MAX);
  const outcome = alias(auditEvents, 'outcome');
  const rows = await database()
    .select({ intent: auditEvents, outcome })
    .from(auditEvents)
    .leftJoin(outcome, and(eq(outcome.actId, auditEvents.actId), eq(outcome.phase, 'outcome')))
    .where(
      and(
        eq(auditEvents.phase, 'intent'),
        ...conditions(filter),
        before === undefined ? undefined : lt(auditEvents.sequence, before),
      ),
    )
    .orderBy(desc(auditEvents.sequence))
    .limit(size + 1);
  const acts = rows.slice(0, size).map(toAct);
  return { acts, next: rows.length > size ? acts.at(-1)?.sequence : undefined };
}

/** What the filters of the page offer: every actor and every action that occurs. */
export async function actFacets(): Promise<{ actors: { id: string; name: string }[]; actions: string[] }> {
  const intents = database()
    .selectDistinct({ id: auditEvents.actorId, name: auditEvents.actorName })
    .from(auditEvents)
    .orderBy(auditEvents.actorName);
  const names = database()
    .selectDistinct({ action: auditEvents.action })
    .from(auditEvents)
    .orderBy(auditEvents.action);
  const actors = (await intents).flatMap(({ id, name }) => (id === null ? [] : [{ id, name: name ?? id }]));
  return { actors, actions: (await names).map(({ action }) => action) };
}

function conditions({ environment, actorId, action }: ActFilter): (SQL | undefined)[] {
  return [
    environment === null
      ? isNull(auditEvents.environment)
      : environment && eq(auditEvents.environment, environment),
    actorId && eq(auditEvents.actorId, actorId),
    action && eq(auditEvents.action, action),
  ].map((condition) => (typeof condition === 'string' ? undefined : condition));
}

type Row = typeof auditEvents.$inferSelect;

function toAct({ intent, outcome }: { intent: Row; outcome: Row | null }): Act {
  const { actorId: id, actorName, actorRole } = intent;
  return {
    sequence: intent.sequence,
    at: intent.at,
    actor: id === null ? undefined : { id, name: actorName ?? id, role: actorRole ?? '' },
    clientAddress: intent.clientAddress ?? undefined,
    environment: intent.environment ?? undefined,
    action: intent.action,
    resource: intent.resource ?? undefined,
    outcome: outcome?.outcome ?? 'unfinished',
    failure: outcome?.failureKind
      ? { kind: outcome.failureKind, detail: outcome.failureDetail ?? undefined }
      : undefined,
    before: outcome?.before ?? undefined,
    after: outcome?.after ?? undefined,
    requestId: outcome?.requestId ?? undefined,
  };
}
