/**
 * Keeps web pages out: a page that a browser shows can reach loopback, but cannot hide that it is a page, nor, when it
 * rebinds a DNS name of its own to 127.0.0.1, the name it used.
 * @module
 */
import type { IncomingHttpHeaders } from 'node:http';

const LOOPBACK_HOST = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?$/i;

/** Why the request is refused, or undefined when it is not. */
export function refusalOf(headers: IncomingHttpHeaders): string | undefined {
  if (!LOOPBACK_HOST.test(headers.host ?? '')) {
    return 'The Host header does not name this machine. Use localhost, 127.0.0.1 or [::1].';
  }
  if (headers.origin !== undefined || hasFetchMetadata(headers))
    return 'Requests from web pages are refused.';
  if (headers.upgrade !== undefined) return 'Protocol upgrades are refused.';
  return undefined;
}

/**
 * A browser sends Sec-Fetch-Site with everything, and no script can hold it back. Node's own `fetch` names itself and
 * sends Sec-Fetch-Mode alone: that is a program, and let in.
 */
function hasFetchMetadata(headers: IncomingHttpHeaders): boolean {
  let names = 0;
  for (const name in headers) if (name.startsWith('sec-fetch-')) names += 1;
  const isNodeFetch = headers['user-agent'] === 'node' && headers['sec-fetch-mode'] === 'cors';
  return names > (isNodeFetch ? 1 : 0);
}
