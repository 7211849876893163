import type { Route } from 'next';

/** Makes the request of a CA that a root elsewhere signs. */
export const caRequestHref = (environment: string): Route =>
  `/e/${environment}/certificate-authorities/request` as Route;

/** The wizard, open where a certificate that was made elsewhere is brought. */
export const bringCaHref = (environment: string): Route =>
  `/e/${environment}/certificate-authorities/register?road=bring` as Route;
