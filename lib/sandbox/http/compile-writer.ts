import type { NormalizedSchema } from '@smithy/core/schema';

/** From an operation's output value to what `JSON.stringify` is given. */
export type Writer = (value: unknown) => unknown;

/** From an operation's output value to JSON text; undefined for what is not written. */
type TextWriter = (value: unknown) => string | undefined;

/** Compiled once per schema; members that the model does not know are not written. */
export function compileWriter(schema: NormalizedSchema): Writer {
  if (schema.isListSchema()) return listWriter(compileWriter(schema.getValueSchema()));
  if (schema.isMapSchema()) return mapWriter(compileWriter(schema.getValueSchema()));
  if (schema.isStructSchema()) return structWriter(schema);
  // rest-json writes times as epoch seconds.
  if (schema.isTimestampSchema()) return (value) => (value instanceof Date ? value.getTime() / 1000 : value);
  if (schema.isBlobSchema()) {
    return (value) => (value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value);
  }
  return asItIs;
}

/** The text of an operation's whole output. Lists of frozen objects are put together from texts that are kept. */
export function compileTextWriter(schema: NormalizedSchema): (value: unknown) => string {
  const members = memoized(() =>
    membersOf(schema).map(({ name, jsonName, schema: member }) => ({
      name,
      label: `${JSON.stringify(jsonName)}:`,
      write: memberTextWriter(member),
    })),
  );
  return (value) => {
    if (!isObject(value)) return '{}';
    let text = '{';
    for (const { name, label, write } of members()) {
      const member = value[name];
      const written = member === undefined ? undefined : write(member);
      if (written !== undefined) text += text === '{' ? label + written : `,${label}${written}`;
    }
    return `${text}}`;
  };
}

const asItIs: Writer = (value) => value;

function listWriter(write: Writer): Writer {
  if (write === asItIs) return (value) => (Array.isArray(value) ? value : undefined);
  return (value) => (Array.isArray(value) ? value.map(write) : undefined);
}

function mapWriter(write: Writer): Writer {
  if (write === asItIs) return (value) => (isObject(value) ? value : undefined);
  return (value) =>
    isObject(value)
      ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, write(item)]))
      : undefined;
}

function structWriter(schema: NormalizedSchema): Writer {
  const members = memoized(() =>
    membersOf(schema).map((member) => ({ ...member, write: compileWriter(member.schema) })),
  );
  return (value) => {
    if (!isObject(value)) return undefined;
    const result: Record<string, unknown> = {};
    for (const { name, jsonName, write } of members()) {
      const member = value[name];
      if (member !== undefined) result[jsonName] = write(member);
    }
    return result;
  };
}

function memberTextWriter(schema: NormalizedSchema): TextWriter {
  const write = compileWriter(schema);
  const plain: TextWriter = (value) => JSON.stringify(write(value));
  if (!schema.isListSchema() || !schema.getValueSchema().isStructSchema()) return plain;
  const writeItem = compileWriter(schema.getValueSchema());
  const texts = new WeakMap<object, string>();
  return (value) => {
    // What is frozen was made to be answered again: see `keptOutput`.
    if (!Array.isArray(value) || !Object.isFrozen(value[0])) return plain(value);
    const items = value.map((item: object) => {
      const known = texts.get(item);
      if (known !== undefined) return known;
      const text = JSON.stringify(writeItem(item));
      if (Object.isFrozen(item)) texts.set(item, text);
      return text;
    });
    return `[${items.join(',')}]`;
  };
}

type Member = { name: string; jsonName: string; schema: NormalizedSchema };

function membersOf(schema: NormalizedSchema): Member[] {
  return [...schema.structIterator()].map(([name, member]) => {
    const { jsonName } = member.getMergedTraits();
    return { name, jsonName: typeof jsonName === 'string' ? jsonName : name, schema: member };
  });
}

/** Structures are compiled at the first call: the model has recursive ones. */
function memoized<Value>(make: () => Value): () => Value {
  let made: Value | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;
