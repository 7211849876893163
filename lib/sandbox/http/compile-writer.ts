import type { NormalizedSchema } from '@smithy/core/schema';
import { isKept, KEPT_TEXT } from '@/lib/sandbox/operations/kept-output';
import { PageCache } from './page-cache';

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

/** The JSON of an operation's whole output. A list of kept outputs is put together from kept texts, and comes as bytes. */
export function compileTextWriter(schema: NormalizedSchema): (value: unknown) => string | Buffer {
  const members = memoized(() => membersOf(schema).map((member) => ({ ...member, ...textWriterOf(member) })));
  const cache = new PageCache();
  return (value) => {
    if (!isObject(value)) return '{}';
    let others = '';
    let list: { items: readonly unknown[]; label: string; writeItem: Writer } | undefined;
    for (const { name, label, write, writeItem } of members()) {
      const member = value[name];
      if (member === undefined) continue;
      if (writeItem && !list && Array.isArray(member) && isKept(member[0])) {
        list = { items: member, label, writeItem };
        continue;
      }
      const written = write(member);
      if (written !== undefined) others += `${others === '' ? '' : ','}${label}${written}`;
    }
    if (!list) return `{${others}}`;
    const { items, label, writeItem } = list;
    const known = cache.get(items, others);
    if (known) return known;
    const texts = items.map((item) => keptText(item, writeItem));
    const bytes = Buffer.from(`{${others}${others === '' ? '' : ','}${label}[${texts.join(',')}]}`);
    cache.set(items, others, bytes);
    return bytes;
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

function textWriterOf({ jsonName, schema }: Member) {
  const writeValue = compileWriter(schema);
  const write: TextWriter = (value) => JSON.stringify(writeValue(value));
  const isList = schema.isListSchema() && schema.getValueSchema().isStructSchema();
  const writeItem = isList ? compileWriter(schema.getValueSchema()) : undefined;
  return { label: `${JSON.stringify(jsonName)}:`, write, writeItem };
}

function keptText(item: unknown, writeItem: Writer): string {
  if (!isKept(item)) return JSON.stringify(writeItem(item));
  item[KEPT_TEXT] ??= JSON.stringify(writeItem(item));
  return item[KEPT_TEXT];
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
