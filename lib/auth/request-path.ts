/**
 * The path a request asked for, so that signing in leads back to it.
 * @module
 */
import 'server-only';

/** The header in which `proxy.ts` tells the path, query included; whatever a client sent in it is overwritten. */
export const REQUEST_PATH_HEADER = 'x-jitp-console-path';

/** Longer paths are none of ours. */
const PATH_CHARACTERS_MAX = 2048;

/** `path` if it leads to a page of this console, else `/`: never to another site, whatever the link said. */
export function localPath(path: string | undefined): string {
  if (path === undefined || path.length > PATH_CHARACTERS_MAX || !path.startsWith('/')) return '/';
  // The parser reads `//host`, `/\host` and tabs between as browsers do.
  const base = 'http://console.invalid';
  const url = URL.canParse(path, base) ? new URL(path, base) : undefined;
  if (url === undefined || url.origin !== base) return '/';
  return `${url.pathname}${url.search}`.replace(/^\/+/, '/');
}
