import type { QueryParameters } from './query-parameters';

/** IAM's bounds for `MaxItems`. */
const ITEMS_DEFAULT = 100;
const ITEMS_MAX = 1000;
const MARKER = /^\d{1,15}$/;

/** Which items an answer holds: from the first one's number, counted from 0, up to and without the last one's. */
export type QueryPage = { from: number; to: number; truncation: { IsTruncated: boolean; Marker?: string } };

/** The page of `count` items that is asked for; the marker counts what has been listed. */
export function queryPage(parameters: QueryParameters, count: number): QueryPage {
  const from = Number(parameters.optional('Marker', MARKER) ?? 0);
  const size = parameters.integer('MaxItems', { min: 1, max: ITEMS_MAX }) ?? ITEMS_DEFAULT;
  const to = Math.min(from + size, count);
  const IsTruncated = to < count;
  return { from, to, truncation: { IsTruncated, ...(IsTruncated && { Marker: String(to) }) } };
}
