import { invalidRequest } from '@/lib/sandbox/api-error';

export type Target = {
  /** Raw, still percent-encoded. */
  path: string;
  query: URLSearchParams;
};

/**
 * What stands in the request line.
 *
 * @throws ApiError InvalidRequestException when it is no path, or not percent-encoded
 */
export function parsedTarget(target: string): Target {
  if (!target.startsWith('/')) throw invalidRequest('The request target must be a path');
  if (target.includes('%') && /%(?![0-9A-Fa-f]{2})/.test(target)) {
    throw invalidRequest('The request target is not percent-encoded');
  }
  const mark = target.indexOf('?');
  return mark < 0
    ? { path: target, query: new URLSearchParams() }
    : { path: target.slice(0, mark), query: new URLSearchParams(target.slice(mark + 1)) };
}
