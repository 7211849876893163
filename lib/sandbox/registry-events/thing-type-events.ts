import type { ThingTypeRecord } from '@/lib/sandbox/operations/thing-types/thing-type-tables';
import type { Scope } from '@/lib/sandbox/scope';
import { publishEvent } from './publish-event';

/** Deprecating, and undoing it, are updates. */
export function thingTypeEvent(
  scope: Scope,
  operation: 'CREATED' | 'UPDATED' | 'DELETED',
  type: ThingTypeRecord,
): void {
  publishEvent(scope, 'THING_TYPE', () => ({
    topic: `thingType/${type.thingTypeName}/${operation.toLowerCase()}`,
    payload: {
      operation,
      accountId: scope.accountId,
      thingTypeId: type.thingTypeId,
      thingTypeName: type.thingTypeName,
      isDeprecated: type.deprecatedAt !== undefined,
      deprecationDate: type.deprecatedAt ?? null,
      searchableAttributes: type.searchableAttributes,
      description: type.description ?? null,
    },
  }));
}
