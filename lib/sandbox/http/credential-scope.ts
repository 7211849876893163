/**
 * The SigV4 credential scope: which service and Region a caller means. Any access key is accepted and no signature checked.
 * AWS General Reference, "Elements of an AWS API request signature".
 * @module
 */
import { ApiError } from '@/lib/sandbox/api-error';

export type CredentialScope = {
  accessKeyId: string;
  region: string;
  /** Undefined when the caller did not sign: the path decides. */
  service: string | undefined;
};

const UNSIGNED: CredentialScope = { accessKeyId: 'anonymous', region: 'us-east-1', service: undefined };

const CREDENTIAL = /^([\w/+=.-]{1,128})\/\d{8}\/([a-z0-9-]{1,32})\/([a-z0-9-]{1,64})\/aws4_request$/;

/** As AWS names its Regions (`us-east-1`, `us-gov-west-1`): a Region's state is kept, so not every word may be one. */
const REGION = /^[a-z]{2}(-[a-z]+)+-\d$/;

/**
 * @throws ApiError IncompleteSignatureException when there is an Authorization that is not SigV4's,
 * InvalidSignatureException when its Region is no Region's name
 */
export function credentialScope(authorization: string | undefined, query: URLSearchParams): CredentialScope {
  const presigned = query.get('X-Amz-Credential') ?? undefined;
  if (authorization === undefined && presigned === undefined) return UNSIGNED;
  const credential =
    authorization === undefined
      ? presigned
      : /^AWS4-HMAC-SHA256 (?:.*[ ,])?Credential=([^, ]+)/.exec(authorization)?.[1];
  const [, accessKeyId, region, service] = CREDENTIAL.exec(credential ?? '') ?? [];
  if (!accessKeyId || !region || !service) {
    throw new ApiError('IncompleteSignatureException', 'The Authorization header is not a SigV4 signature');
  }
  if (!REGION.test(region)) {
    // As AWS answers a scope that is not its endpoint's.
    throw new ApiError('InvalidSignatureException', 'Credential should be scoped to a valid region.');
  }
  return { accessKeyId, region, service };
}
