/**
 * Writing the audit log. Each act leaves a row of what was meant before it is done and a row of what came of it after, so that an act
 * whose outcome nobody lived to write is visible as one without outcome.
 * @module
 */
import 'server-only';
import { randomUUID } from 'node:crypto';
import { database } from '@/lib/db/database';
import { auditEvents } from '@/lib/db/schema/audit';

export type AuditActor = { id: string; name: string; role: string };

export type AuditIntent = {
  /** `undefined`: nobody was signed in. */
  actor: AuditActor | undefined;
  clientAddress: string | undefined;
  environment: string | undefined;
  /** The action's name, such as `ca.register`. */
  action: string;
  resource: string | undefined;
  at: Date;
};

export type AuditOutcome = {
  failure: { kind: string; detail: string | undefined } | undefined;
  before: unknown;
  after: unknown;
  /** AWS's request id. */
  requestId: string | undefined;
  at: Date;
};

/** Writes the intent and answers with what {@link recordOutcome} needs to write the outcome to it. */
export async function recordIntent(intent: AuditIntent): Promise<AuditIntent & { actId: string }> {
  const actId = randomUUID();
  await database()
    .insert(auditEvents)
    .values({ actId, phase: 'intent', ...columns(intent) });
  return { ...intent, actId };
}

export async function recordOutcome(
  intent: AuditIntent & { actId: string },
  { failure, before, after, requestId, at }: AuditOutcome,
): Promise<void> {
  await database()
    .insert(auditEvents)
    .values({
      ...columns(intent),
      actId: intent.actId,
      phase: 'outcome',
      at,
      outcome: failure === undefined ? 'ok' : 'failed',
      failureKind: failure?.kind,
      failureDetail: failure?.detail,
      before,
      after,
      requestId,
    });
}

function columns({ actor, clientAddress, environment, action, resource, at }: AuditIntent) {
  return {
    at,
    actorId: actor?.id,
    actorName: actor?.name,
    actorRole: actor?.role,
    clientAddress,
    environment,
    action,
    resource,
  };
}
