import type { Route } from 'next';

/** What the console does with newly registered certificates of this CA. */
export const jitrHref = (environment: string, caId: string): Route =>
  `/e/${environment}/certificate-authorities/${caId}/jitr` as Route;
