import { ApiError } from '@/lib/sandbox/api-error';

/** AWS IoT Core quotas: the size of a policy document, white space not counted. */
const POLICY_CHARACTERS_MAX = 2048;

/** @throws ApiError MalformedPolicyException */
export function checkPolicyDocument(document: string): string {
  if (document.replace(/\s/g, '').length > POLICY_CHARACTERS_MAX) {
    throw malformed(`Policy cannot exceed ${POLICY_CHARACTERS_MAX} characters, white space not counted`);
  }
  let parsed: unknown;
  try {
    parsed = JSON.parse(document);
  } catch {
    throw malformed('Policy document is not valid JSON');
  }
  if (typeof parsed !== 'object' || parsed === null || !('Statement' in parsed)) {
    throw malformed('Policy document has no Statement');
  }
  return document;
}

const malformed = (reason: string) =>
  new ApiError('MalformedPolicyException', `Policy document is Malformed: ${reason}`);
