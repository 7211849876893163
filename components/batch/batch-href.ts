import type { Route } from 'next';
import { printQuery } from '@/components/registry/list-query';

/**
 * `open`: at which unfinished batch their list begins; `again`: the batch whose devices are to be issued again; `only`: some of them
 * (`reissue-facts.ts`).
 */
type IssueBatchQuery = {
  ca?: string | undefined;
  token?: string | undefined;
  open?: string | undefined;
  again?: string | undefined;
  only?: string | undefined;
};

/** The form that issues many devices; with a CA it is that CA's. */
export const issueBatchHref = (environment: string, query: IssueBatchQuery): Route =>
  printQuery(`/e/${environment}/devices/issue-batch`, query);

/** What became of a batch. */
export const batchPageHref = (environment: string, batch: string): Route =>
  printQuery(`/e/${environment}/devices/batches/${batch}`, {});
