/**
 * Things. AWS IoT API Reference: ListThings, DescribeThing, CreateThing, AddThingToThingGroup, DeleteThing.
 * @module
 */
import 'server-only';
import {
  AddThingToThingGroupCommand,
  CreateThingCommand,
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
  /** AWS answers a repeated call with the same properties as the first, and refuses other ones (409). */
  createThing(thing: {
    name: string;
    typeName: string | undefined;
    attributes: Readonly<Record<string, string>>;
  }): Promise<Result<Receipt, Failure>>;
  /** Repeating it changes nothing. */
  addThingToGroup(membership: { thingName: string; groupName: string }): Promise<Result<Receipt, Failure>>;
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

    createThing: ({ name, typeName, attributes }) =>
      call(
        'CreateThing',
        (iot, options) =>
          iot.send(
            new CreateThingCommand({
              thingName: name,
              thingTypeName: typeName,
              attributePayload: { attributes: { ...attributes } },
            }),
            options,
          ),
        toReceipt,
      ),

    addThingToGroup: ({ thingName, groupName: thingGroupName }) =>
      call(
        'AddThingToThingGroup',
        (iot, options) => iot.send(new AddThingToThingGroupCommand({ thingName, thingGroupName }), options),
        toReceipt,
      ),

    deleteThing: (name) =>
      call(
        'DeleteThing',
        (iot, options) => iot.send(new DeleteThingCommand({ thingName: name }), options),
        toReceipt,
      ),
  };
}
