import 'server-only';
import type { z } from 'zod';
import type { FieldFault } from '@/lib/failure';

/** A schema's message is a fault code when it looks like one; zod's own messages are sentences. */
const CODE = /^[a-z][A-Za-z0-9]*(?:[.-][A-Za-z0-9]+)*$/;

/**
 * The faults of a schema, by the path of the field (`form` for the whole).
 *
 * Codes: the schema's own message where it is a code (`z.string().min(1, 'name-required')`), else one of `required`, `too-short`
 * {minimum}, `too-long` {maximum}, `too-small` {minimum}, `too-big` {maximum}, `too-few` {minimum}, `too-many` {maximum},
 * `not-allowed` (an unknown field or choice), `invalid`.
 */
export function fieldFaults(error: z.ZodError): Record<string, FieldFault[]> {
  const fields: Record<string, FieldFault[]> = {};
  for (const issue of error.issues) {
    const field = issue.path.join('.') || 'form';
    fields[field] = [...(fields[field] ?? []), toFault(issue)];
  }
  return fields;
}

function toFault(issue: z.core.$ZodIssue): FieldFault {
  if (CODE.test(issue.message)) return { code: issue.message };
  switch (issue.code) {
    case 'too_small':
      return tooSmall(issue.origin, Number(issue.minimum));
    case 'too_big':
      return { code: TOO_BIG.get(issue.origin) ?? 'too-big', params: { maximum: Number(issue.maximum) } };
    case 'invalid_type':
      // zod tells a missing value from a wrong one only in its sentence.
      return { code: issue.message.endsWith('received undefined') ? 'required' : 'invalid' };
    case 'invalid_value':
    case 'unrecognized_keys':
      return { code: 'not-allowed' };
    default:
      return { code: 'invalid' };
  }
}

const TOO_SMALL = new Map([
  ['string', 'too-short'],
  ['array', 'too-few'],
]);
const TOO_BIG = new Map([
  ['string', 'too-long'],
  ['array', 'too-many'],
]);

function tooSmall(origin: string, minimum: number): FieldFault {
  if (origin === 'string' && minimum === 1) return { code: 'required' };
  return { code: TOO_SMALL.get(origin) ?? 'too-small', params: { minimum } };
}
