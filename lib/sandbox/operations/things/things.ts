import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type {
  CreateThingRequest,
  CreateThingResponse,
  DeleteThingRequest,
  DescribeThingRequest,
  DescribeThingResponse,
  UpdateThingRequest,
} from '@aws-sdk/client-iot';
import { ApiError, invalidRequest, required } from '@/lib/sandbox/api-error';
import { requireBillingGroup } from '@/lib/sandbox/operations/billing-groups/require-billing-group';
import { leaveGroup } from '@/lib/sandbox/operations/thing-groups/membership';
import { directGroupsOfThing } from '@/lib/sandbox/operations/thing-groups/thing-groups-of-thing';
import { requireUsableThingType } from '@/lib/sandbox/operations/thing-types/require-thing-type';
import { thingEvent, thingTypeAssociationEvents } from '@/lib/sandbox/registry-events/thing-events';
import type { Scope } from '@/lib/sandbox/scope';
import type { ThingRecord } from '@/lib/sandbox/state/records';
import { changedAttributes } from './attributes';
import { requireThing } from './require-thing';
import { checkAttributeCount } from './thing-attributes';

/**
 * The same configuration again succeeds; another one is a conflict. Not naming a billing group says nothing about it, since a
 * thing can have come to one otherwise.
 */
export function createThing(scope: Scope, input: CreateThingRequest): CreateThingResponse {
  const thingName = required(input.thingName, 'thingName');
  const { thingTypeName, billingGroupName } = input;
  const { region } = scope;
  const thingArn = region.thingArn(thingName);
  const attributes = changedAttributes({}, { attributes: input.attributePayload?.attributes });
  checkAttributeCount(attributes, thingTypeName);
  const existing = region.things.get(thingName);
  if (existing) {
    if (isSame(existing, { attributes, thingTypeName, billingGroupName })) {
      return { thingName, thingArn, thingId: existing.thingId };
    }
    throw new ApiError(
      'ResourceAlreadyExistsException',
      `Thing ${thingName} already exists in account with different attributes`,
      { resourceId: existing.thingId, resourceArn: thingArn },
    );
  }
  if (thingTypeName !== undefined) requireUsableThingType(scope, thingTypeName);
  if (billingGroupName !== undefined) requireBillingGroup(scope, billingGroupName);
  const thing = region.things.set(thingName, {
    thingName,
    thingId: randomUUID(),
    thingTypeName,
    billingGroupName,
    attributes,
    version: 1,
    sequence: region.nextSequence(),
  });
  thingEvent(scope, 'CREATED', thing);
  thingTypeAssociationEvents(scope, thing, { before: undefined, after: thingTypeName });
  return { thingName, thingArn, thingId: thing.thingId };
}

function isSame(
  thing: ThingRecord,
  asked: Pick<ThingRecord, 'attributes' | 'thingTypeName' | 'billingGroupName'>,
): boolean {
  return (
    isDeepStrictEqual({ ...thing.attributes }, { ...asked.attributes }) &&
    thing.thingTypeName === asked.thingTypeName &&
    (asked.billingGroupName === undefined || thing.billingGroupName === asked.billingGroupName)
  );
}

export function describeThing(scope: Scope, input: DescribeThingRequest): DescribeThingResponse {
  const thing = requireThing(scope, required(input.thingName, 'thingName'));
  return {
    defaultClientId: thing.thingName,
    thingName: thing.thingName,
    thingId: thing.thingId,
    thingArn: scope.region.thingArn(thing.thingName),
    thingTypeName: thing.thingTypeName,
    billingGroupName: thing.billingGroupName,
    attributes: { ...thing.attributes },
    version: thing.version,
  };
}

/** A type that the thing has already may be named although it is deprecated: nothing new comes to the type. */
export function updateThing(scope: Scope, input: UpdateThingRequest): object {
  const thing = requireThing(scope, required(input.thingName, 'thingName'));
  checkVersion(thing, input.expectedVersion);
  if (input.removeThingType === true && input.thingTypeName !== undefined) {
    throw invalidRequest('thingTypeName and removeThingType cannot be given together');
  }
  if (input.thingTypeName !== undefined && input.thingTypeName !== thing.thingTypeName) {
    requireUsableThingType(scope, input.thingTypeName);
  }
  const thingTypeName =
    input.removeThingType === true ? undefined : (input.thingTypeName ?? thing.thingTypeName);
  const attributes = input.attributePayload
    ? changedAttributes(thing.attributes, input.attributePayload)
    : thing.attributes;
  checkAttributeCount(attributes, thingTypeName);
  const changed = { ...thing, thingTypeName, attributes, version: thing.version + 1 };
  scope.region.things.set(thing.thingName, changed);
  thingEvent(scope, 'UPDATED', changed);
  thingTypeAssociationEvents(scope, changed, { before: thing.thingTypeName, after: thingTypeName });
  return {};
}

/** Deleting what is not there succeeds. Groups lose the thing with it, principals do not. */
export function deleteThing(scope: Scope, input: DeleteThingRequest): object {
  const thing = scope.region.things.get(required(input.thingName, 'thingName'));
  if (!thing) return {};
  checkVersion(thing, input.expectedVersion);
  if (scope.region.thingPrincipals.rightsOf(thing.thingName).size > 0) {
    throw invalidRequest(
      `Cannot delete. Thing ${thing.thingName} is still attached to one or more principals`,
    );
  }
  for (const group of directGroupsOfThing(scope.region, thing.thingName)) leaveGroup(scope, { thing, group });
  scope.region.things.delete(thing.thingName);
  thingTypeAssociationEvents(scope, thing, { before: thing.thingTypeName, after: undefined });
  thingEvent(scope, 'DELETED', thing);
  return {};
}

function checkVersion(thing: ThingRecord, expectedVersion: number | undefined): void {
  if (expectedVersion === undefined || expectedVersion === thing.version) return;
  throw new ApiError(
    'VersionConflictException',
    `The version for thing ${thing.thingName} does not match the expected version.`,
  );
}
