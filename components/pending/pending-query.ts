/**
 * The state of the pending queue in its URL.
 * @module
 */
import type { Route } from 'next';
import { z } from 'zod';
import { printQuery, type SearchParams, textParameter } from '@/components/registry/list-query';
import { isCertificateId } from '@/lib/registry/device-certificate';

const schema = z.object({
  /** Id of the CA whose certificates are meant. */
  ca: z.string().refine(isCertificateId).optional().catch(undefined),
  /** AWS's marker has no bound in the service model; a URL has. */
  token: textParameter(4096),
});

export type PendingQuery = z.output<typeof schema>;

/** A hand-edited URL never breaks the page: each bad parameter falls back on its own. */
export const parsePendingQuery = (params: SearchParams): PendingQuery => schema.parse(params);

/** The URL of the queue; the inverse of {@link parsePendingQuery}. */
export const pendingHref = (environment: string, query: Partial<PendingQuery>): Route =>
  printQuery(`/e/${environment}/pending`, { ca: query.ca, token: query.token });
