import type { DeleteThingTypeRequest, DeprecateThingTypeRequest } from '@aws-sdk/client-iot';
import { invalidRequest, required } from '@/lib/sandbox/api-error';
import { forgetTags } from '@/lib/sandbox/operations/tags/saved-tags';
import { thingTypeEvent } from '@/lib/sandbox/registry-events/thing-type-events';
import type { Scope } from '@/lib/sandbox/scope';
import { requireThingType, thingTypeArn } from './require-thing-type';
import { ThingTypeTables } from './thing-type-tables';

/** AWS IoT Core Developer Guide, "Delete a thing type". */
const DELETION_DELAY_MS = 5 * 60 * 1000;

/** Things keep a type that is deprecated, and none gets it any more. Asking for what is so already changes nothing. */
export function deprecateThingType(scope: Scope, input: DeprecateThingTypeRequest): object {
  const type = requireThingType(scope, required(input.thingTypeName, 'thingTypeName'));
  const deprecate = input.undoDeprecate !== true;
  if (deprecate === (type.deprecatedAt !== undefined)) return {};
  const { deprecatedAt: _, ...usable } = type;
  const changed = deprecate ? { ...type, deprecatedAt: scope.now().getTime() } : usable;
  scope.region.family(ThingTypeTables).types.set(type.thingTypeName, changed);
  thingTypeEvent(scope, 'UPDATED', changed);
  return {};
}

/** Only five minutes after it was deprecated, and when no thing has it. */
export function deleteThingType(scope: Scope, input: DeleteThingTypeRequest): object {
  const type = requireThingType(scope, required(input.thingTypeName, 'thingTypeName'));
  const { thingTypeName, deprecatedAt } = type;
  const { region } = scope;
  const { types, thingsByType } = region.family(ThingTypeTables);
  const refused = (why: string) => invalidRequest(`Cannot delete thing type : ${thingTypeName}. ${why}`);
  if (deprecatedAt === undefined)
    throw refused('Please deprecate it first, wait for 5 minutes and then retry');
  if (scope.now().getTime() < deprecatedAt + DELETION_DELAY_MS) {
    throw refused('Please wait for 5 minutes after deprecation and then retry');
  }
  if (thingsByType.get(thingTypeName).length > 0) {
    throw refused('There are still things associated with it');
  }
  types.delete(thingTypeName);
  forgetTags(scope, thingTypeArn(region, thingTypeName));
  thingTypeEvent(scope, 'DELETED', type);
  return {};
}
