import type { Route } from 'next';
import { printQuery } from '@/components/registry/list-query';

/** The form that issues, for a device that is new or, with `replaces`, for one that has a certificate already. */
export const issueHrefFor = (
  environment: string,
  query: { ca?: string | undefined; token?: string | undefined; replaces: string | undefined },
): Route => printQuery(`/e/${environment}/devices/issue`, query);
