/**
 * Where the pages of the ledger are.
 * @module
 */
import type { Route } from 'next';
import { printQuery } from '@/components/registry/list-query';

const base = (environment: string) => `/e/${environment}/devices`;

export const ledgerOverviewHref = (environment: string, query: { days?: number } = {}): Route =>
  printQuery(`${base(environment)}/overview`, query);

export const batchesHref = (environment: string, query: { token?: string } = {}): Route =>
  printQuery(`${base(environment)}/batches`, query);

export const batchHref = (environment: string, batch: string): Route =>
  `${batchesHref(environment)}/${encodeURIComponent(batch)}` as Route;

export const importHref = (environment: string, query: { ca?: string; token?: string } = {}): Route =>
  printQuery(`${base(environment)}/import`, query);
