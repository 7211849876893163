/**
 * Policy documents out of IAM come URL-encoded (RFC 3986), as its API Reference says for GetRole, GetPolicyVersion and
 * GetRolePolicy.
 *
 * @returns the text as it came when it is not encoded: then it is for the policy parser to judge
 */
export function decodePolicyDocument(encoded: string): string {
  try {
    return decodeURIComponent(encoded);
  } catch (error) {
    if (error instanceof URIError) return encoded;
    throw error;
  }
}
