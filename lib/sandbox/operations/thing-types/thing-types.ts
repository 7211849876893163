import { randomUUID } from 'node:crypto';
import type {
  CreateThingTypeRequest,
  CreateThingTypeResponse,
  DescribeThingTypeRequest,
  DescribeThingTypeResponse,
  ListThingTypesRequest,
  ListThingTypesResponse,
  UpdateThingTypeRequest,
} from '@aws-sdk/client-iot';
import { ApiError, required } from '@/lib/sandbox/api-error';
import { pageOf } from '@/lib/sandbox/operations/page';
import { sameTags, saveTags } from '@/lib/sandbox/operations/tags/saved-tags';
import { thingTypeEvent } from '@/lib/sandbox/registry-events/thing-type-events';
import type { Scope } from '@/lib/sandbox/scope';
import { requireThingType, thingTypeArn } from './require-thing-type';
import { changedProperties, sameProperties } from './thing-type-properties';
import { type ThingTypeRecord, ThingTypeTables } from './thing-type-tables';

/** The same configuration again succeeds; another one is a conflict. */
export function createThingType(scope: Scope, input: CreateThingTypeRequest): CreateThingTypeResponse {
  const thingTypeName = required(input.thingTypeName, 'thingTypeName');
  const { region } = scope;
  const { types } = region.family(ThingTypeTables);
  const arn = thingTypeArn(region, thingTypeName);
  const properties = changedProperties(
    { description: undefined, searchableAttributes: [] },
    input.thingTypeProperties,
  );
  const existing = types.get(thingTypeName);
  if (existing) {
    const { thingTypeId } = existing;
    if (sameProperties(existing, properties) && sameTags(scope, arn, input.tags))
      return { thingTypeName, thingTypeArn: arn, thingTypeId };
    throw new ApiError(
      'ResourceAlreadyExistsException',
      `Thing Type ${thingTypeName} already exists in current account with different properties`,
      { resourceId: thingTypeId, resourceArn: arn },
    );
  }
  saveTags(scope, arn, input.tags);
  const type = types.set(thingTypeName, {
    thingTypeName,
    thingTypeId: randomUUID(),
    ...properties,
    createdAt: scope.now().getTime(),
    sequence: region.nextSequence(),
  });
  thingTypeEvent(scope, 'CREATED', type);
  return { thingTypeName, thingTypeArn: arn, thingTypeId: type.thingTypeId };
}

export function describeThingType(scope: Scope, input: DescribeThingTypeRequest): DescribeThingTypeResponse {
  const type = requireThingType(scope, required(input.thingTypeName, 'thingTypeName'));
  return { ...definitionOf(scope, type), thingTypeId: type.thingTypeId };
}

/** In order of creation; AWS documents no order. The name, when one is given, is the whole name. */
export function listThingTypes(scope: Scope, input: ListThingTypesRequest): ListThingTypesResponse {
  const { types } = scope.region.family(ThingTypeTables);
  const { thingTypeName, nextToken, maxResults } = input;
  const named = thingTypeName === undefined ? undefined : types.get(thingTypeName);
  const items = thingTypeName === undefined ? types.values() : named ? [named] : [];
  const page = pageOf(
    scope,
    { of: ['ListThingTypes', thingTypeName], token: nextToken, size: maxResults },
    { items, keyOf: (type) => type.sequence },
  );
  return { thingTypes: page.items.map((type) => definitionOf(scope, type)), nextToken: page.next };
}

/** Members that are not given stay as they are. */
export function updateThingType(scope: Scope, input: UpdateThingTypeRequest): object {
  const type = requireThingType(scope, required(input.thingTypeName, 'thingTypeName'));
  const changed = { ...type, ...changedProperties(type, input.thingTypeProperties) };
  scope.region.family(ThingTypeTables).types.set(type.thingTypeName, changed);
  thingTypeEvent(scope, 'UPDATED', changed);
  return {};
}

const definitionOf = ({ region }: Scope, type: ThingTypeRecord) => ({
  thingTypeName: type.thingTypeName,
  thingTypeArn: thingTypeArn(region, type.thingTypeName),
  thingTypeProperties: {
    thingTypeDescription: type.description,
    searchableAttributes: [...type.searchableAttributes],
  },
  thingTypeMetadata: {
    deprecated: type.deprecatedAt !== undefined,
    deprecationDate: type.deprecatedAt === undefined ? undefined : new Date(type.deprecatedAt),
    creationDate: new Date(type.createdAt),
  },
});
