/**
 * The state of the stuck queue in its URL.
 * @module
 */
import type { Route } from 'next';
import { z } from 'zod';
import { printQuery, type SearchParams, textParameter } from '@/components/registry/list-query';
import { isCertificateId } from '@/lib/registry/device-certificate';
import { STUCK_MINUTES_DEFAULT, STUCK_MINUTES_MAX } from '@/lib/registry/stuck';

const schema = z.object({
  /** How long a certificate has been waiting at least. */
  minutes: z
    .string()
    .min(1)
    .pipe(z.coerce.number<string>().int().min(0).max(STUCK_MINUTES_MAX))
    .catch(STUCK_MINUTES_DEFAULT),
  status: z.enum(['pending', 'all']).catch('pending'),
  /** Id of the CA whose certificates are meant. */
  ca: z.string().refine(isCertificateId).optional().catch(undefined),
  /** AWS's marker has no bound in the service model; a URL has. */
  token: textParameter(4096),
});

export type StuckPageQuery = z.output<typeof schema>;

/** A hand-edited URL never breaks the page: each bad parameter falls back on its own. */
export const parseStuckQuery = (params: SearchParams): StuckPageQuery => schema.parse(params);

/** The URL of the queue; the inverse of {@link parseStuckQuery}, defaults left out. */
export const stuckHref = (environment: string, query: Partial<StuckPageQuery>): Route =>
  printQuery(`/e/${environment}/stuck`, {
    minutes: query.minutes === STUCK_MINUTES_DEFAULT ? undefined : query.minutes,
    status: query.status === 'pending' ? undefined : query.status,
    ca: query.ca,
    token: query.token,
  });
