import { ApiError } from '@/lib/sandbox/api-error';

/** A value is quoted up to here, so that an error stays readable. */
const QUOTED_CHARACTERS_MAX = 256;

/** AWS's wording for a value that breaks a constraint of the model. */
export function violation(member: string, { value, rule }: { value: unknown; rule: string }): ApiError {
  const quoted = isQuotable(value) ? `'${String(value).slice(0, QUOTED_CHARACTERS_MAX)}'` : 'null';
  return new ApiError(
    'InvalidRequestException',
    `1 validation error detected: Value ${quoted} at '${member}' failed to satisfy constraint: ${rule}`,
  );
}

/** Lists and structures are not: they may be as deep as the body is long. */
const isQuotable = (value: unknown) => ['string', 'number', 'boolean'].includes(typeof value);
