/**
 * Things. AWS IoT API Reference: ListThings, DescribeThing, CreateThing, DeleteThing.
 * @module
 */
import 'server-only';
import {
  DeleteThingCommand,
  DescribeThingCommand,
  type IoTClient,
  ListThingsCommand,
} from '@aws-sdk/client-iot';
import type { Caller } from '@/lib/aws/call';
import { orNotFound } from '@/lib/aws/or-not-found';
import { toReceipt } from '@/lib/aws/receipt';
import type { Failure } from '@/lib/failure';
import type { Page, PageRequest } from '@/lib/registry/page';
import type { Receipt } from '@/lib/registry/receipt';
import type { ThingDetail, ThingFilter, ThingSummary } from '@/lib/registry/thing';
import type { Result } from '@/lib/result';
import { toThingDetail, toThingSummary } from './to-thing';

export type ThingOperations = {
  listThings(filter: ThingFilter, page: PageRequest): Promise<Result<Page<ThingSummary>, Failure>>;
  describeThing(name: string): Promise<Result<ThingDetail, Failure>>;
  /** AWS refuses while principals are attached (400), and succeeds for a thing that does not exist. */
  deleteThing(name: string): Promise<Result<Receipt, Failure>>;
};

export function thingOperations({ call }: Caller<IoTClient>): ThingOperations {
  return {
    listThings: ({ attribute, typeName }, { pageSize, token }) =>
      call(
        'ListThings',
        (iot, options) =>
          iot.send(
            new ListThingsCommand({
              maxResults: pageSize,
              nextToken: token,
              attributeName: attribute?.name,
              attributeValue: attribute?.value,
              thingTypeName: typeName,
            }),
            options,
          ),
        ({ things, nextToken }) => ({ items: (things ?? []).map(toThingSummary), nextToken }),
      ),

    async describeThing(name) {
      const answer = await call(
        'DescribeThing',
        (iot, options) => iot.send(new DescribeThingCommand({ thingName: name }), options),
        toThingDetail,
      );
      return orNotFound(answer, 'thing', name);
    },

    deleteThing: (name) =>
      call(
        'DeleteThing',
        (iot, options) => iot.send(new DeleteThingCommand({ thingName: name }), options),
        toReceipt,
      ),
  };
}
