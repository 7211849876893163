import type { Scope } from '@/lib/sandbox/scope';
import type { ThingRecord } from '@/lib/sandbox/state/records';
import { publishEvent } from './publish-event';

type Operation = 'CREATED' | 'UPDATED' | 'DELETED';

/**
 * @param thing - as it is after the change, or was before it was deleted
 */
export function thingEvent(scope: Scope, operation: Operation, thing: ThingRecord): void {
  publishEvent(scope, 'THING', () => ({
    topic: `thing/${thing.thingName}/${operation.toLowerCase()}`,
    payload: {
      operation,
      accountId: scope.accountId,
      thingId: thing.thingId,
      thingName: thing.thingName,
      versionNumber: thing.version,
      thingTypeName: thing.thingTypeName ?? null,
      attributes: thing.attributes,
    },
  }));
}

/** One event for the type that a thing leaves and one for the type it gets; none when the type stays. */
export function thingTypeAssociationEvents(
  scope: Scope,
  thing: ThingRecord,
  { before, after }: { before: string | undefined; after: string | undefined },
): void {
  if (before === after) return;
  if (before !== undefined) associationEvent(scope, 'DELETED', { thing, thingTypeName: before });
  if (after !== undefined) associationEvent(scope, 'CREATED', { thing, thingTypeName: after });
}

/** Its payload has no account id, and one topic serves both operations. */
function associationEvent(
  scope: Scope,
  operation: 'CREATED' | 'DELETED',
  { thing: { thingId, thingName }, thingTypeName }: { thing: ThingRecord; thingTypeName: string },
): void {
  publishEvent(scope, 'THING_TYPE_ASSOCIATION', () => ({
    topic: `thingTypeAssociation/thing/${thingName}/${thingTypeName}`,
    payload: { operation, thingId, thingName, thingTypeName },
  }));
}
