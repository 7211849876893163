/**
 * Whether what a template names is there, and what it could name. AWS IoT API Reference: DescribeThingType,
 * DescribeThingGroup, DescribeBillingGroup, ListThingTypes, ListThingGroups, ListBillingGroups.
 * @module
 */
import 'server-only';
import {
  DescribeBillingGroupCommand,
  DescribeThingGroupCommand,
  DescribeThingTypeCommand,
  type IoTClient,
  ListBillingGroupsCommand,
  ListThingGroupsCommand,
  ListThingTypesCommand,
} from '@aws-sdk/client-iot';
import type { Caller } from '@/lib/aws/call';
import { isNotFound } from '@/lib/aws/or-not-found';
import type { Failure } from '@/lib/failure';
import type { Page, PageRequest } from '@/lib/registry/page';
import { ok, type Result } from '@/lib/result';

export type NamedResourceReads = {
  hasThingType(name: string): Promise<Result<boolean, Failure>>;
  hasThingGroup(name: string): Promise<Result<boolean, Failure>>;
  hasBillingGroup(name: string): Promise<Result<boolean, Failure>>;
  listThingTypeNames(page: PageRequest): Promise<Result<Page<string>, Failure>>;
  listThingGroupNames(page: PageRequest): Promise<Result<Page<string>, Failure>>;
  listBillingGroupNames(page: PageRequest): Promise<Result<Page<string>, Failure>>;
};

const namesOf = (groups: { groupName?: string | undefined }[] | undefined) =>
  (groups ?? []).flatMap(({ groupName }) => groupName ?? []);

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
    listThingTypeNames: ({ pageSize, token }) =>
      call(
        'ListThingTypes',
        (iot, options) =>
          iot.send(new ListThingTypesCommand({ maxResults: pageSize, nextToken: token }), options),
        ({ thingTypes, nextToken }) => ({
          items: (thingTypes ?? []).flatMap(({ thingTypeName }) => thingTypeName ?? []),
          nextToken,
        }),
      ),
    listThingGroupNames: ({ pageSize, token }) =>
      call(
        'ListThingGroups',
        (iot, options) =>
          iot.send(new ListThingGroupsCommand({ maxResults: pageSize, nextToken: token }), options),
        ({ thingGroups, nextToken }) => ({ items: namesOf(thingGroups), nextToken }),
      ),
    listBillingGroupNames: ({ pageSize, token }) =>
      call(
        'ListBillingGroups',
        (iot, options) =>
          iot.send(new ListBillingGroupsCommand({ maxResults: pageSize, nextToken: token }), options),
        ({ billingGroups, nextToken }) => ({ items: namesOf(billingGroups), nextToken }),
      ),
  };
}
