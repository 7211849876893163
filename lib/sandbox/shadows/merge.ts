import { isEqual, isJsonObject, type JsonObject, type JsonValue, ownMember } from './json';

/**
 * An object after an update: members that the update names are replaced, objects merged, `null` removes, a list is one
 * value. AWS IoT Developer Guide, "Device Shadow service documents".
 */
export function merge(before: JsonObject, update: JsonObject): JsonObject {
  const members = new Map(Object.entries(before));
  for (const [key, value] of Object.entries(update)) {
    if (value === null) members.delete(key);
    else members.set(key, isJsonObject(value) ? merge(objectAt(before, key), value) : value);
  }
  return Object.fromEntries(members);
}

/**
 * The times of an object's values after an update, in the object's own shape: `{timestamp}` for each value and each
 * item of a list.
 *
 * @param times - those of `before`
 * @param timestamp - epoch seconds
 */
export function mergeTimes(
  times: JsonObject,
  { before, update, timestamp }: { before: JsonObject; update: JsonObject; timestamp: number },
): JsonObject {
  const members = new Map(Object.entries(times));
  for (const [key, value] of Object.entries(update)) {
    if (value === null) members.delete(key);
    else if (isJsonObject(value)) {
      // The times of a plain value look like an object, so what was there tells.
      const inner = isJsonObject(ownMember(before, key)) ? objectAt(times, key) : {};
      members.set(key, mergeTimes(inner, { before: objectAt(before, key), update: value, timestamp }));
    } else members.set(key, timesOf(value, timestamp));
  }
  return Object.fromEntries(members);
}

/** The times of a value all of which is of one moment. */
export function timesOf(value: JsonValue, timestamp: number): JsonValue {
  if (Array.isArray(value)) return value.map((item: JsonValue) => timesOf(item, timestamp));
  if (!isJsonObject(value)) return { timestamp };
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, timesOf(member, timestamp)]));
}

/**
 * What is desired and not so reported, and undefined when all is. Members that are reported only do not count (guide,
 * "Device Shadow MQTT topics", /update/delta).
 */
export function deltaOf(desired: JsonObject, reported: JsonObject): JsonObject | undefined {
  const members: [string, JsonValue][] = [];
  for (const [key, wanted] of Object.entries(desired)) {
    const actual = ownMember(reported, key);
    if (isJsonObject(wanted) && isJsonObject(actual)) {
      const inner = deltaOf(wanted, actual);
      if (inner) members.push([key, inner]);
    } else if (actual === undefined || !isEqual(wanted, actual)) members.push([key, wanted]);
  }
  return members.length > 0 ? Object.fromEntries(members) : undefined;
}

/** The part of an object's times that belongs to a delta taken from it. */
export function timesOfDelta(times: JsonObject, delta: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(delta).flatMap(([key, value]): [string, JsonValue][] => {
      const own = ownMember(times, key);
      if (own === undefined) return [];
      return [[key, isJsonObject(value) && isJsonObject(own) ? timesOfDelta(own, value) : own]];
    }),
  );
}

function objectAt(object: JsonObject, key: string): JsonObject {
  const member = ownMember(object, key);
  return isJsonObject(member) ? member : {};
}
