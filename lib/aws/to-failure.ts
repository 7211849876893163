/**
 * What the SDK throws, told in our words. What is neither AWS's answer nor a missing answer is a bug and goes on up.
 * @module
 */
import 'server-only';
import { CloudTrailServiceException } from '@aws-sdk/client-cloudtrail';
import { IAMServiceException } from '@aws-sdk/client-iam';
import { IoTServiceException } from '@aws-sdk/client-iot';
import { LambdaServiceException } from '@aws-sdk/client-lambda';
import { STSServiceException } from '@aws-sdk/client-sts';
import type { Failure } from '@/lib/failure';

export type Call = { service: string; operation: string };

/** Names of the SDK's own errors for "no answer" and "nobody to sign as"; it exports no classes for all of them. */
const UNREACHABLE_NAMES = ['AbortError', 'TimeoutError', 'CredentialsProviderError', 'TokenProviderError'];

/**
 * @returns undefined when the error is none of AWS's, of the network's or of the credentials: the caller throws it on
 */
export function toFailure(error: unknown, { service, operation }: Call): Failure | undefined {
  if (!(error instanceof Error)) return undefined;

  if (isServiceException(error)) {
    return {
      kind: 'aws',
      service,
      operation,
      name: error.name,
      message: error.message,
      status: error.$metadata.httpStatusCode ?? 0,
      requestId: error.$metadata.requestId,
    };
  }
  const reason = unreachableReason(error);
  return reason === undefined ? undefined : { kind: 'aws-unreachable', service, operation, reason };
}

function isServiceException(error: Error) {
  return (
    error instanceof IoTServiceException ||
    error instanceof IAMServiceException ||
    error instanceof STSServiceException ||
    error instanceof CloudTrailServiceException ||
    error instanceof LambdaServiceException
  );
}

/** The system's code (ECONNREFUSED, CERT_HAS_EXPIRED …), the SDK's name, or what the endpoint did wrong. */
function unreachableReason(error: Error): string | undefined {
  if (UNREACHABLE_NAMES.includes(error.name)) return error.name;
  if ('code' in error && typeof error.code === 'string' && !error.code.startsWith('ERR_INVALID_ARG')) {
    return error.code;
  }
  // The SDK marks what it could not decode with the response's metadata: something answered, but not AWS.
  return '$metadata' in error || '$responseBodyText' in error ? 'NotAnAwsAnswer' : undefined;
}
