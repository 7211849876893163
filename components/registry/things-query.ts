/**
 * The state of the list of things in its URL.
 * @module
 */
import type { Route } from 'next';
import { z } from 'zod';
import type { ThingFilter } from '@/lib/registry/thing';
import { pageParameters, printQuery, type SearchParams, textParameter } from './list-query';

const schema = z.object({
  ...pageParameters,
  /** Longest attribute name, value and type name: service model. */
  attribute: textParameter(128),
  value: textParameter(800),
  type: textParameter(128),
  find: textParameter(128),
});

export type ThingsQuery = z.output<typeof schema>;

/** A hand-edited URL never breaks the page: each bad parameter falls back on its own. */
export const parseThingsQuery = (params: SearchParams): ThingsQuery => schema.parse(params);

/** The URL of a listing; the inverse of {@link parseThingsQuery}, defaults left out. */
export const thingsHref = (environment: string, query: Partial<ThingsQuery>): Route =>
  printQuery(`/e/${environment}/things`, {
    type: query.type,
    attribute: query.attribute,
    value: query.value,
    find: query.find,
    size: query.size,
    token: query.token,
  });

/** What AWS is asked to narrow by: an attribute needs both its name and its value. */
export const filterOf = ({ attribute, value, type }: ThingsQuery): ThingFilter => ({
  attribute: attribute === undefined || value === undefined ? undefined : { name: attribute, value },
  typeName: type,
});
