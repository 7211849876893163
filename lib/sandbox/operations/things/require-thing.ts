import { notFound } from '@/lib/sandbox/api-error';
import type { Scope } from '@/lib/sandbox/scope';
import type { ThingRecord } from '@/lib/sandbox/state/records';

/** @throws ApiError ResourceNotFoundException */
export function requireThing(scope: Scope, thingName: string): ThingRecord {
  const thing = scope.region.things.get(thingName);
  if (!thing) throw notFound(`Thing ${thingName} does not exist in your account`);
  return thing;
}
