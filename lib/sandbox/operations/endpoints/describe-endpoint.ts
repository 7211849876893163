import type { DescribeEndpointRequest, DescribeEndpointResponse } from '@aws-sdk/client-iot';
import { invalidRequest } from '@/lib/sandbox/api-error';
import type { Scope } from '@/lib/sandbox/scope';

/** Where devices connect; the port and the trusted CA are settings of whoever connects. */
export const ENDPOINT_ADDRESS = 'localhost';

/**
 * The host only. Measured on AWS in 2026: `iot:Data` and `iot:Jobs` are refused as retired, and without a type `iot:Data` is
 * meant.
 */
export function describeEndpoint(_scope: Scope, input: DescribeEndpointRequest): DescribeEndpointResponse {
  const endpointType = input.endpointType ?? 'iot:Data';
  switch (endpointType) {
    case 'iot:Data-ATS':
      return { endpointAddress: ENDPOINT_ADDRESS };
    case 'iot:Data':
    case 'iot:Jobs':
      throw invalidRequest(`Endpoint type ${endpointType} is retired. Use iot:Data-ATS.`);
    case 'iot:CredentialProvider':
      throw invalidRequest(
        'Endpoint type iot:CredentialProvider is not supported: nothing in the sandbox gives credentials for certificates. Use AssumeRole of STS.',
      );
    default:
      throw invalidRequest(`Endpoint type ${endpointType} is not supported. Use iot:Data-ATS.`);
  }
}
