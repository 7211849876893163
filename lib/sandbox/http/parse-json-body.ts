import { invalidRequest } from '@/lib/sandbox/api-error';

const decoder = new TextDecoder('utf-8', { fatal: true });

/**
 * The members of a JSON object; none when there is no body, as several POSTs of AWS IoT have none.
 *
 * @throws ApiError InvalidRequestException
 */
export function parseJsonBody(body: Buffer): ReadonlyMap<string, unknown> {
  if (body.length === 0) return new Map();
  let value: unknown;
  try {
    value = JSON.parse(decoder.decode(body));
  } catch {
    throw invalidRequest('The request body is not valid JSON');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw invalidRequest('The request body is not a JSON object');
  }
  return new Map<string, unknown>(Object.entries(value));
}
