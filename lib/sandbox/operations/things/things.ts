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
import { ApiError, invalidRequest, notFound, required } from '@/lib/sandbox/api-error';
import type { Scope } from '@/lib/sandbox/scope';
import type { ThingRecord } from '@/lib/sandbox/state/records';
import { changedAttributes, checkCount } from './thing-attributes';

/** @throws ApiError ResourceNotFoundException */
export function requireThing(scope: Scope, thingName: string): ThingRecord {
  const thing = scope.region.things.get(thingName);
  if (!thing) throw notFound(`Thing ${thingName} does not exist in your account`);
  return thing;
}

/** The same configuration again succeeds; another one is a conflict. */
export function createThing(scope: Scope, input: CreateThingRequest): CreateThingResponse {
  const thingName = required(input.thingName, 'thingName');
  refuseUnknownType(input.thingTypeName);
  if (input.billingGroupName !== undefined) {
    throw notFound(`Billing group ${input.billingGroupName} does not exist in your account`);
  }
  const { region } = scope;
  const attributes = changedAttributes(
    {},
    { payload: { attributes: input.attributePayload?.attributes }, thingTypeName: input.thingTypeName },
  );
  const existing = region.things.get(thingName);
  if (existing && !isDeepStrictEqual({ ...existing.attributes }, { ...attributes })) {
    throw new ApiError(
      'ResourceAlreadyExistsException',
      `Thing ${thingName} already exists in account with different attributes`,
      { resourceId: existing.thingId, resourceArn: region.thingArn(thingName) },
    );
  }
  const thing =
    existing ??
    region.things.set(thingName, {
      thingName,
      thingId: randomUUID(),
      attributes,
      version: 1,
      sequence: region.nextSequence(),
    });
  return { thingName, thingArn: region.thingArn(thingName), thingId: thing.thingId };
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

export function updateThing(scope: Scope, input: UpdateThingRequest): object {
  const thing = requireThing(scope, required(input.thingName, 'thingName'));
  checkVersion(thing, input.expectedVersion);
  if (input.removeThingType === true && input.thingTypeName !== undefined) {
    throw invalidRequest('thingTypeName and removeThingType cannot be given together');
  }
  refuseUnknownType(input.thingTypeName);
  const thingTypeName = input.removeThingType === true ? undefined : thing.thingTypeName;
  const attributes = input.attributePayload
    ? changedAttributes(thing.attributes, { payload: input.attributePayload, thingTypeName })
    : thing.attributes;
  checkCount(attributes, thingTypeName);
  scope.region.things.set(thing.thingName, {
    ...thing,
    thingTypeName,
    attributes,
    version: thing.version + 1,
  });
  return {};
}

/** Deleting what is not there succeeds. */
export function deleteThing(scope: Scope, input: DeleteThingRequest): object {
  const thing = scope.region.things.get(required(input.thingName, 'thingName'));
  if (!thing) return {};
  checkVersion(thing, input.expectedVersion);
  if (scope.region.thingPrincipals.rightsOf(thing.thingName).size > 0) {
    throw invalidRequest(
      `Cannot delete. Thing ${thing.thingName} is still attached to one or more principals`,
    );
  }
  scope.region.things.delete(thing.thingName);
  return {};
}

function checkVersion(thing: ThingRecord, expectedVersion: number | undefined): void {
  if (expectedVersion === undefined || expectedVersion === thing.version) return;
  throw new ApiError(
    'VersionConflictException',
    `The version for thing ${thing.thingName} does not match the expected version.`,
  );
}

/** No thing type can have been created: the operations for it are not built. */
function refuseUnknownType(thingTypeName: string | undefined): void {
  if (thingTypeName === undefined) return;
  throw notFound(`Thing type ${thingTypeName} does not exist in your account`);
}
