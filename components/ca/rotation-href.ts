import type { Route } from 'next';
import { caHref } from '@/components/registry/hrefs';
import { printQuery } from '@/components/registry/list-query';

/** An old CA, and beside it the one that takes over where that is chosen; `token` is of the list to choose from. */
export const rotationHref = (
  environment: string,
  caId: string,
  query: { to?: string; token?: string } = {},
): Route => printQuery(`${caHref(environment, caId)}/rotation`, query);
