import { parsePolicy, policyCharacters } from '@/lib/policy/policy-document';
import { ApiError } from '@/lib/sandbox/api-error';
import type { QueryParameters } from './query-parameters';

/** IAM API Reference, `policyDocumentType`. */
const DOCUMENT = /^[\t\n\r -\u00FF]{1,131072}$/;

/** IAM and AWS STS quotas, in characters without white space. */
const QUOTAS = {
  identity: { quota: 'PolicySize', charactersMax: 6144 },
  trust: { quota: 'ACLSizePerRole', charactersMax: 2048 },
} as const;

/**
 * The document in the parameter `name`, when it can be read.
 *
 * @throws ApiError MalformedPolicyDocument with the first fault
 */
export function documentIn(
  parameters: QueryParameters,
  { name, dialect }: { name: string; dialect: 'identity' | 'trust' },
): string {
  const document = parameters.required(name, DOCUMENT);
  const parsed = parsePolicy(document, dialect);
  if (parsed.ok) return document;
  const [fault] = parsed.failure;
  throw new ApiError(
    'MalformedPolicyDocument',
    fault && fault.code !== 'not-json'
      ? `Syntax errors in policy: ${fault.code} at ${fault.path}`
      : 'This policy contains invalid Json',
  );
}

/** @throws ApiError LimitExceeded when a managed policy or a trust policy is too long */
export function checkSize(document: string, dialect: 'identity' | 'trust'): string {
  const { quota, charactersMax } = QUOTAS[dialect];
  if (policyCharacters(document) <= charactersMax) return document;
  throw new ApiError('LimitExceeded', `Cannot exceed quota for ${quota}: ${charactersMax}`);
}

/** IAM hands documents out percent-encoded as RFC 3986 has it. */
export const encodeDocument = (document: string) =>
  encodeURIComponent(document).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
