/**
 * The state of the list of issued devices in its URL.
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
  /** The beginning of a common name or certificate id; a common name has 64 characters at most, an id has 64. */
  query: textParameter(64),
});

export type DevicesQuery = z.output<typeof schema>;

/** A hand-edited URL never breaks the page: each bad parameter falls back on its own. */
export const parseDevicesQuery = (params: SearchParams): DevicesQuery => schema.parse(params);

/** The URL of a listing; the inverse of {@link parseDevicesQuery}, defaults left out. */
export const devicesHref = (environment: string, query: Partial<DevicesQuery>): Route =>
  printQuery(`/e/${environment}/devices`, { query: query.query, size: query.size, token: query.token });

/** The form that issues; with a CA it is that CA's. */
export const issueHref = (environment: string, query: { ca?: string; token?: string }): Route =>
  printQuery(`/e/${environment}/devices/issue`, query);
