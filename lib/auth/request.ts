/**
 * What the headers of a request say about its sender.
 * @module
 */
import 'server-only';
import { settings } from '@/lib/config/settings';

/** Set by the console's HTTP server on every request, after any header of that name was taken away. */
export const CLIENT_ADDRESS_HEADER = 'x-jitp-console-client-address';

/**
 * Whether the request comes from a page of this console. Browsers send Origin with every POST; a request without one does not
 * come from a page.
 */
export function isSameOrigin(headers: Headers): boolean {
  const site = headers.get('sec-fetch-site');
  return headers.get('origin') === settings().baseUrl.origin && (site === null || site === 'same-origin');
}

/** The client's IP address; behind trusted proxies the one they vouch for. */
export function clientAddressOf(headers: Headers): string | undefined {
  return headers.get(CLIENT_ADDRESS_HEADER) ?? undefined;
}
