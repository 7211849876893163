import { invalidRequest, notFound } from '@/lib/sandbox/api-error';
import type { Scope } from '@/lib/sandbox/scope';
import type { RegionState } from '@/lib/sandbox/state/region-state';
import { type ThingTypeRecord, ThingTypeTables } from './thing-type-tables';

export const thingTypeArn = (region: RegionState, thingTypeName: string) =>
  region.arn(`thingtype/${thingTypeName}`);

/** @throws ApiError ResourceNotFoundException */
export function requireThingType(scope: Scope, thingTypeName: string): ThingTypeRecord {
  const type = scope.region.family(ThingTypeTables).types.get(thingTypeName);
  if (!type) throw notFound(`Thing type ${thingTypeName} does not exist in your account`);
  return type;
}

/**
 * A type that a thing may get now; things that have a deprecated type keep it.
 *
 * @throws ApiError ResourceNotFoundException, InvalidRequestException
 */
export function requireUsableThingType(scope: Scope, thingTypeName: string): ThingTypeRecord {
  const type = requireThingType(scope, thingTypeName);
  if (type.deprecatedAt === undefined) return type;
  throw invalidRequest(`Can not associate a thing with the deprecated thing type: ${thingTypeName}`);
}
