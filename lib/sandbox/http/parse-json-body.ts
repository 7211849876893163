import { invalidRequest } from '@/lib/sandbox/api-error';

const decoder = new TextDecoder('utf-8', { fatal: true });

/** RFC 7468 and OpenSSL's older labels: `PRIVATE KEY`, `ENCRYPTED PRIVATE KEY`, `EC PRIVATE KEY` … */
const PRIVATE_KEY = /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY-----/;

/**
 * The members of a JSON object; none when there is no body, as several POSTs of AWS IoT have none.
 *
 * A private key is in no request that AWS IoT needs, only in the wrong file: it is refused here, before anything keeps, records
 * or repeats it.
 *
 * @throws ApiError InvalidRequestException
 */
export function parseJsonBody(body: Buffer): ReadonlyMap<string, unknown> {
  if (body.length === 0) return new Map();
  const value = parsed(body);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw invalidRequest('The request body is not a JSON object');
  }
  return new Map<string, unknown>(Object.entries(value));
}

function parsed(body: Buffer): unknown {
  let text: string;
  let value: unknown;
  try {
    text = decoder.decode(body);
    value = JSON.parse(text);
  } catch {
    throw invalidRequest('The request body is not valid JSON');
  }
  if (PRIVATE_KEY.test(text)) {
    throw invalidRequest(
      'The request holds a private key, which AWS IoT never needs. It was not kept. Send the certificate alone.',
    );
  }
  return value;
}
