import { parsePolicy } from '@/lib/policy/policy-document';
import { ApiError } from '@/lib/sandbox/api-error';

/**
 * The document as it was given, when it can be read as an IoT policy.
 *
 * @throws ApiError MalformedPolicyException, which names the first fault
 */
export function checkPolicyDocument(document: string): string {
  const parsed = parsePolicy(document, 'iot');
  if (parsed.ok) return document;
  const [fault] = parsed.failure;
  throw new ApiError(
    'MalformedPolicyException',
    `Policy document is Malformed: ${fault ? `${fault.code} at ${fault.path}` : 'it cannot be read'}`,
  );
}
