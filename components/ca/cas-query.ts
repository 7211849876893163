/**
 * The state of the list of CAs in its URL.
 * @module
 */
import type { Route } from 'next';
import { z } from 'zod';
import {
  pageParameters,
  printQuery,
  type SearchParams,
  textParameter,
} from '@/components/registry/list-query';

const schema = z.object({
  ...pageParameters,
  /** Part of a name or id, or a whole id in any form. The longest of these is an ARN; a little more for what is pasted around it. */
  filter: textParameter(256),
});

export type CasQuery = z.output<typeof schema>;

/** A hand-edited URL never breaks the page: each bad parameter falls back on its own. */
export const parseCasQuery = (params: SearchParams): CasQuery => schema.parse(params);

/** The URL of a listing; the inverse of {@link parseCasQuery}, defaults left out. */
export const casHref = (environment: string, query: Partial<CasQuery>): Route =>
  printQuery(`/e/${environment}/certificate-authorities`, {
    filter: query.filter,
    size: query.size,
    token: query.token,
  });
