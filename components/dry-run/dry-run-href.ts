import type { Route } from 'next';

/** The dry run of a named template, or of what a CA has inline. */
export const dryRunHref = (environment: string, of: { template: string } | { ca: string }): Route =>
  `/e/${environment}/dry-run?${new URLSearchParams(of)}` as Route;
