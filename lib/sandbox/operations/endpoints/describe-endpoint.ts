import type { DescribeEndpointRequest, DescribeEndpointResponse } from '@aws-sdk/client-iot';
import { invalidRequest } from '@/lib/sandbox/api-error';
import type { Scope } from '@/lib/sandbox/scope';

/** The host only: port and server trust are settings of whoever connects. Measured on AWS in 2026: `iot:Data` is refused. */
export function describeEndpoint(_scope: Scope, input: DescribeEndpointRequest): DescribeEndpointResponse {
  const endpointType = input.endpointType ?? 'iot:Data';
  switch (endpointType) {
    case 'iot:Data-ATS':
      return { endpointAddress: 'localhost' };
    case 'iot:Data':
    case 'iot:Jobs':
      throw invalidRequest(`Endpoint type ${endpointType} is retired. Use iot:Data-ATS.`);
    default:
      throw invalidRequest(`Endpoint type ${endpointType} is not supported. Use iot:Data-ATS.`);
  }
}
