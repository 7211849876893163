/**
 * What the audit log's page keeps in its URL.
 * @module
 */
import type { Route } from 'next';
import { z } from 'zod';

/** Names of actions and environments and ids of operators are all shorter. */
const text = z.string().trim().min(1).max(64).optional().catch(undefined);

/** The value of `environment` for acts that touched none; no environment's id has this shape. */
export const NO_ENVIRONMENT = '-';

const schema = z.object({
  environment: text,
  actor: text,
  action: text,
  before: z.coerce.number().int().positive().safe().optional().catch(undefined),
});

export type AuditQuery = z.output<typeof schema>;

/** A bad parameter falls back alone. */
export const parseAuditQuery = (params: Record<string, string | string[] | undefined>): AuditQuery =>
  schema.parse(params);

/** The inverse of {@link parseAuditQuery}. */
export function auditHref(query: Partial<AuditQuery>): Route {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) params.set(name, String(value));
  }
  return (params.size > 0 ? `/audit?${params}` : '/audit') as Route;
}
