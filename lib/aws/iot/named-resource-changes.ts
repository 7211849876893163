/**
 * Making what a template names. AWS IoT API Reference: CreateThingType, CreateThingGroup, CreateBillingGroup.
 * @module
 */
import 'server-only';
import {
  CreateBillingGroupCommand,
  CreateThingGroupCommand,
  CreateThingTypeCommand,
  type IoTClient,
} from '@aws-sdk/client-iot';
import type { Caller } from '@/lib/aws/call';
import { toReceipt } from '@/lib/aws/receipt';
import type { Failure } from '@/lib/failure';
import type { Receipt } from '@/lib/registry/receipt';
import type { Result } from '@/lib/result';

/** AWS answers a repeated call with the same properties as the first; there are none here that could differ. */
export type NamedResourceChanges = {
  createThingType(name: string): Promise<Result<Receipt, Failure>>;
  createThingGroup(name: string): Promise<Result<Receipt, Failure>>;
  createBillingGroup(name: string): Promise<Result<Receipt, Failure>>;
};

export function namedResourceChanges({ call }: Caller<IoTClient>): NamedResourceChanges {
  return {
    createThingType: (thingTypeName) =>
      call(
        'CreateThingType',
        (iot, options) => iot.send(new CreateThingTypeCommand({ thingTypeName }), options),
        toReceipt,
      ),
    createThingGroup: (thingGroupName) =>
      call(
        'CreateThingGroup',
        (iot, options) => iot.send(new CreateThingGroupCommand({ thingGroupName }), options),
        toReceipt,
      ),
    createBillingGroup: (billingGroupName) =>
      call(
        'CreateBillingGroup',
        (iot, options) => iot.send(new CreateBillingGroupCommand({ billingGroupName }), options),
        toReceipt,
      ),
  };
}
