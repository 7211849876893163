import type { Route } from 'next';

/** The wizard that registers a CA. */
export const registerCaHref = (environment: string): Route =>
  `/e/${environment}/certificate-authorities/register` as Route;
