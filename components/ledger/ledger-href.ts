/**
 * Where the pages of the ledger are.
 * @module
 */
import type { Route } from 'next';
import { printQuery } from '@/components/registry/list-query';

const base = (environment: string) => `/e/${environment}/devices`;

export const ledgerOverviewHref = (environment: string, query: { days?: number } = {}): Route =>
  printQuery(`${base(environment)}/overview`, query);

/** `state`: only those that are unfinished. */
export const batchesHref = (
  environment: string,
  query: { token?: string; state?: 'open' | undefined } = {},
): Route => printQuery(`${base(environment)}/batches`, query);

/** `token`: behind which of its devices the list of those that are not confirmed begins. */
export const batchHref = (environment: string, batch: string, query: { token?: string } = {}): Route =>
  printQuery(`${batchesHref(environment)}/${encodeURIComponent(batch)}`, query);

export const importHref = (environment: string, query: { ca?: string; token?: string } = {}): Route =>
  printQuery(`${base(environment)}/import`, query);
