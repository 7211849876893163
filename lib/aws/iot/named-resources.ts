/**
 * Whether what a template names is there. AWS IoT API Reference: DescribeThingType, DescribeThingGroup,
 * DescribeBillingGroup.
 * @module
 */
import 'server-only';
import {
  DescribeBillingGroupCommand,
  DescribeThingGroupCommand,
  DescribeThingTypeCommand,
  type IoTClient,
} from '@aws-sdk/client-iot';
import type { Caller } from '@/lib/aws/call';
import { isNotFound } from '@/lib/aws/or-not-found';
import type { Failure } from '@/lib/failure';
import { ok, type Result } from '@/lib/result';

export type NamedResourceReads = {
  hasThingType(name: string): Promise<Result<boolean, Failure>>;
  hasThingGroup(name: string): Promise<Result<boolean, Failure>>;
  hasBillingGroup(name: string): Promise<Result<boolean, Failure>>;
};

const orFalse = (answer: Result<boolean, Failure>): Result<boolean, Failure> =>
  isNotFound(answer) ? ok(false) : answer;

export function namedResourceReads({ call }: Caller<IoTClient>): NamedResourceReads {
  const isThere = () => true;
  return {
    hasThingType: async (thingTypeName) =>
      orFalse(
        await call(
          'DescribeThingType',
          (iot, options) => iot.send(new DescribeThingTypeCommand({ thingTypeName }), options),
          isThere,
        ),
      ),
    hasThingGroup: async (thingGroupName) =>
      orFalse(
        await call(
          'DescribeThingGroup',
          (iot, options) => iot.send(new DescribeThingGroupCommand({ thingGroupName }), options),
          isThere,
        ),
      ),
    hasBillingGroup: async (billingGroupName) =>
      orFalse(
        await call(
          'DescribeBillingGroup',
          (iot, options) => iot.send(new DescribeBillingGroupCommand({ billingGroupName }), options),
          isThere,
        ),
      ),
  };
}
