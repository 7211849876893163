import type { Route } from 'next';
import { printQuery } from '@/components/registry/list-query';

/** The form that issues many devices; with a CA it is that CA's. */
export const issueBatchHref = (environment: string, query: { ca?: string; token?: string }): Route =>
  printQuery(`/e/${environment}/devices/issue-batch`, query);
