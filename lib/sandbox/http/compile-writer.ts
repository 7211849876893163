import type { NormalizedSchema } from '@smithy/core/schema';

/** From an operation's output value to JSON. */
export type Writer = (value: unknown) => unknown;

/** Compiled once per schema; members that the model does not know are not written. */
export function compileWriter(schema: NormalizedSchema): Writer {
  if (schema.isListSchema()) {
    const write = compileWriter(schema.getValueSchema());
    return (value) => (Array.isArray(value) ? value.map(write) : undefined);
  }
  if (schema.isMapSchema()) {
    const write = compileWriter(schema.getValueSchema());
    return (value) =>
      isObject(value)
        ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, write(item)]))
        : undefined;
  }
  if (schema.isStructSchema()) return structWriter(schema);
  // rest-json writes times as epoch seconds.
  if (schema.isTimestampSchema()) return (value) => (value instanceof Date ? value.getTime() / 1000 : value);
  if (schema.isBlobSchema()) {
    return (value) => (value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value);
  }
  return (value) => value;
}

function structWriter(schema: NormalizedSchema): Writer {
  // Compiled at the first call: the model has recursive structures.
  let members: readonly { name: string; jsonName: string; write: Writer }[] | undefined;
  return (value) => {
    if (!isObject(value)) return undefined;
    members ??= [...schema.structIterator()].map(([name, member]) => {
      const { jsonName } = member.getMergedTraits();
      return {
        name,
        jsonName: typeof jsonName === 'string' ? jsonName : name,
        write: compileWriter(member),
      };
    });
    const given = new Map<string, unknown>(Object.entries(value));
    return Object.fromEntries(
      members
        .filter(({ name }) => given.get(name) !== undefined)
        .map(({ name, jsonName, write }) => [jsonName, write(given.get(name))]),
    );
  };
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
