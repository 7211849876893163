import type { Operations } from '@/lib/sandbox/operations/operation';
import { describeEndpoint } from './describe-endpoint';

export const endpointOperations = {
  DescribeEndpoint: describeEndpoint,
} satisfies Operations;
