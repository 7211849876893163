import type { ShadowRecord } from '@/lib/sandbox/operations/shadows/shadow-tables';
import { isJsonObject, type JsonObject, type JsonValue, ownMember } from '@/lib/sandbox/shadows/json';
import { shadowDelta } from '@/lib/sandbox/shadows/shadow';
import type { ValueTest } from './query/compile-term';

/** A shadow as the index holds it: "reported, desired, delta, and metadata sections" (guide, "Query syntax"). */
export function shadowDocument(shadow: ShadowRecord): JsonObject {
  const delta = shadowDelta(shadow);
  const { desired, reported } = shadow.state;
  return {
    ...(desired && { desired }),
    ...(reported && { reported }),
    ...(delta && { delta }),
    metadata: {
      ...(shadow.metadata.desired && { desired: shadow.metadata.desired }),
      ...(shadow.metadata.reported && { reported: shadow.metadata.reported }),
    },
    hasDelta: delta !== undefined,
    version: shadow.version,
  };
}

/** Whether some value at a path of a document passes; items of lists are values of the path that leads to the list. */
export function someValueAt(value: JsonValue, path: readonly string[], test: ValueTest): boolean {
  if (Array.isArray(value)) return value.some((item: JsonValue) => someValueAt(item, path, test));
  const [key, ...rest] = path;
  if (key === undefined) return isSearchable(value) && test(value);
  if (!isJsonObject(value)) return false;
  const member = ownMember(value, key);
  return member !== undefined && someValueAt(member, rest, test);
}

/** Whether some value anywhere in a document passes. */
export function someValueIn(value: JsonValue, test: ValueTest): boolean {
  if (typeof value !== 'object' || value === null) return isSearchable(value) && test(value);
  return Object.values(value).some((member: JsonValue) => someValueIn(member, test));
}

const isSearchable = (value: JsonValue) =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
