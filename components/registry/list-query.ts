/**
 * What every list of AWS resources keeps in its URL.
 * @module
 */
import type { Route } from 'next';
import { z } from 'zod';

/** As in the AWS console; a table of more rows is slow to render on the server. */
export const PAGE_SIZES = [25, 50, 100] as const;

/** AWS IoT's `NextToken` and `Marker` have no bound in the service model; a URL has. */
const TOKEN_CHARACTERS_MAX = 4096;

/** Text of a parameter; an empty or absurdly long one counts as absent. */
export const textParameter = (charactersMax: number) =>
  z.string().trim().min(1).max(charactersMax).optional().catch(undefined);

export const pageParameters = {
  token: textParameter(TOKEN_CHARACTERS_MAX),
  size: z.coerce
    .number()
    .pipe(z.union(PAGE_SIZES.map((size) => z.literal(size))))
    .catch(PAGE_SIZES[0]),
};

export type SearchParams = Record<string, string | string[] | undefined>;

/** A URL of those parameters that have a value. The default page size is left out. */
export function printQuery(path: string, query: Record<string, string | number | undefined>): Route {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined || (name === 'size' && value === PAGE_SIZES[0])) continue;
    params.set(name, String(value));
  }
  return (params.size > 0 ? `${path}?${params}` : path) as Route;
}
