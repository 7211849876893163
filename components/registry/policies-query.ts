/**
 * The state of the list of policies in its URL.
 * @module
 */
import type { Route } from 'next';
import { z } from 'zod';
import { pageParameters, printQuery, type SearchParams, textParameter } from './list-query';

const schema = z.object({ ...pageParameters, find: textParameter(128) });

export type PoliciesQuery = z.output<typeof schema>;

/** A hand-edited URL never breaks the page: each bad parameter falls back on its own. */
export const parsePoliciesQuery = (params: SearchParams): PoliciesQuery => schema.parse(params);

/** The URL of a listing; the inverse of {@link parsePoliciesQuery}, defaults left out. */
export const policiesHref = (environment: string, query: Partial<PoliciesQuery>): Route =>
  printQuery(`/e/${environment}/policies`, { find: query.find, size: query.size, token: query.token });
