import type { Route } from 'next';

/** Where device certificates are registered by hand. */
export const registerDevicesHref = (environment: string): Route =>
  `/e/${environment}/certificates/register` as Route;
