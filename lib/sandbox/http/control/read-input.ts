import type { z } from 'zod';
import { invalidRequest } from '@/lib/sandbox/api-error';
import { parseJsonBody } from '@/lib/sandbox/http/parse-json-body';

/**
 * The parameters of a query string by a schema; each may be given once.
 *
 * @throws ApiError InvalidRequestException with one sentence per fault
 */
export function readQuery<Output>(schema: z.ZodType<Output>, query: URLSearchParams): Output {
  const names = [...query.keys()];
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw invalidRequest(`${quoted(twice)} is given more than once.`);
  return parsed(schema, Object.fromEntries(query));
}

/**
 * A JSON object by a schema.
 *
 * @throws ApiError InvalidRequestException with one sentence per fault
 */
export function readJson<Output>(schema: z.ZodType<Output>, body: Buffer): Output {
  return parsed(schema, Object.fromEntries(parseJsonBody(body)));
}

function parsed<Output>(schema: z.ZodType<Output>, value: unknown): Output {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw invalidRequest(result.error.issues.map(sentenceOf).join(' '));
}

function sentenceOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'unrecognized_keys') return `There is no ${issue.keys.map(quoted).join(', ')} here.`;
  const name = String(issue.path[0] ?? '');
  return name === '' ? `${issue.message}.` : `${name} ${issue.message}.`;
}

/** A name from outside, short enough for a sentence. */
const quoted = (name: string) => JSON.stringify(name.slice(0, 64));
