/**
 * Readers from the SDK's own schemas: each is compiled once and then only called. They build their objects from the
 * members they know, so nothing else that a body may hold gets further than this.
 * @module
 */
import type { NormalizedSchema } from '@smithy/core/schema';
import { type Constraint, compiledPattern, constraintOf } from './constraints';
import { violation } from './violation';

/** From a JSON value to the value that the operation's input type promises; `path` names it in errors. */
export type Reader = (value: unknown, path: string) => unknown;

export function compileReader(schema: NormalizedSchema, constraint: Constraint | undefined): Reader {
  if (schema.isListSchema()) {
    const items = schema.getValueSchema();
    return listReader(items.isNumericSchema() ? readDecimal : compileReader(items, undefined), constraint);
  }
  if (schema.isMapSchema()) return mapReader(compileReader(schema.getValueSchema(), undefined));
  if (schema.isStructSchema()) return structReader(schema);
  if (schema.isBooleanSchema()) return readBoolean;
  if (schema.isTimestampSchema()) return readTimestamp;
  if (schema.isNumericSchema()) return numberReader(constraint);
  if (schema.isBlobSchema()) return readBlob;
  return stringReader(constraint);
}

/** Members of a structure that the model requires: the first so many of its list, and every path label. */
export function requiredMembers(schema: NormalizedSchema): ReadonlySet<string> {
  const raw: unknown = schema.getSchema();
  const count: unknown = Array.isArray(raw) ? raw[6] : undefined;
  const names = [...schema.structIterator()].map(([name]) => name);
  return new Set(typeof count === 'number' ? names.slice(0, count) : []);
}

type MemberReader = { name: string; jsonName: string; required: boolean; read: Reader };

function structReader(schema: NormalizedSchema): Reader {
  // Compiled at the first call: the model has recursive structures.
  let members: readonly MemberReader[] | undefined;
  return (value, path) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw violation(path, { value: undefined, rule: 'Member must be a structure' });
    }
    members ??= memberReaders(schema);
    return readMembers(members, new Map(Object.entries(value)), path);
  };
}

export function memberReaders(schema: NormalizedSchema): MemberReader[] {
  const required = requiredMembers(schema);
  const structure = schema.getName() ?? '';
  return [...schema.structIterator()].map(([name, member]) => {
    const { jsonName } = member.getMergedTraits();
    return {
      name,
      jsonName: typeof jsonName === 'string' ? jsonName : name,
      required: required.has(name),
      read: compileReader(member, constraintOf(structure, name)),
    };
  });
}

export function readMembers(
  members: readonly MemberReader[],
  json: ReadonlyMap<string, unknown>,
  path: string,
): Record<string, unknown> {
  const result: [string, unknown][] = [];
  for (const { name, jsonName, required, read } of members) {
    const value = json.get(jsonName);
    const memberPath = path === '' ? name : `${path}.${name}`;
    if (value !== undefined && value !== null) result.push([name, read(value, memberPath)]);
    else if (required) throw violation(memberPath, { value: null, rule: 'Member must not be null' });
  }
  return Object.fromEntries(result);
}

function listReader(read: Reader, constraint: Constraint | undefined): Reader {
  const check = lengthCheck(constraint);
  return (value, path) => {
    if (!Array.isArray(value)) throw violation(path, { value: undefined, rule: 'Member must be a list' });
    check(value.length, { value: undefined, path });
    return value.map((item: unknown, index) => {
      const itemPath = `${path}.${index + 1}.member`;
      if (item === null) throw violation(itemPath, { value: null, rule: 'Member must not be null' });
      return read(item, itemPath);
    });
  };
}

/** `Object.fromEntries` makes every key an own property, `__proto__` too. */
function mapReader(read: Reader): Reader {
  return (value, path) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw violation(path, { value: undefined, rule: 'Member must be a map' });
    }
    return Object.fromEntries(
      Object.entries(value).map(([key, item]: [string, unknown]) => [key, read(item, `${path}.${key}`)]),
    );
  };
}

function stringReader(constraint: Constraint | undefined): Reader {
  const check = lengthCheck(constraint);
  const pattern = constraint?.pattern === undefined ? undefined : compiledPattern(constraint.pattern);
  const values = constraint?.enum && new Set(constraint.enum);
  return (value, path) => {
    if (typeof value !== 'string') throw violation(path, { value, rule: 'Member must be a string' });
    check(value.length, { value, path });
    if (values && !values.has(value)) {
      const rule = `Member must satisfy enum value set: [${[...values].join(', ')}]`;
      throw violation(path, { value, rule });
    }
    if (pattern && !pattern.test(value)) {
      const rule = `Member must satisfy regular expression pattern: ${constraint?.pattern}`;
      throw violation(path, { value, rule });
    }
    return value;
  };
}

/** The schemas do not tell decimals from integers; the model's only list of numbers that is sent is one of percents. */
const readDecimal: Reader = (value, path) => {
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw violation(path, { value, rule: 'Member must be a number' });
};

/** Every other number of the operations that are built is an integer. */
function numberReader({ min = -Infinity, max = Infinity }: Constraint = {}): Reader {
  return (value, path) => {
    if (typeof value !== 'number' || !Number.isSafeInteger(value)) {
      throw violation(path, { value, rule: 'Member must be an integer' });
    }
    if (value < min) {
      throw violation(path, { value, rule: `Member must have value greater than or equal to ${min}` });
    }
    if (value > max) {
      throw violation(path, { value, rule: `Member must have value less than or equal to ${max}` });
    }
    return value;
  };
}

const readBoolean: Reader = (value, path) => {
  if (typeof value === 'boolean') return value;
  throw violation(path, { value, rule: 'Member must be a boolean' });
};

/** rest-json writes times as epoch seconds. */
const readTimestamp: Reader = (value, path) => {
  if (typeof value === 'number' && Number.isFinite(value)) return new Date(value * 1000);
  throw violation(path, { value, rule: 'Member must be a timestamp' });
};

const readBlob: Reader = (value, path) => {
  if (typeof value === 'string' && /^[A-Za-z0-9+/]*={0,2}$/.test(value)) return Buffer.from(value, 'base64');
  throw violation(path, { value: undefined, rule: 'Member must be base64' });
};

function lengthCheck({ min = 0, max = Infinity }: Constraint = {}) {
  return (length: number, { value, path }: { value: unknown; path: string }) => {
    if (length < min) {
      throw violation(path, { value, rule: `Member must have length greater than or equal to ${min}` });
    }
    if (length > max) {
      throw violation(path, { value, rule: `Member must have length less than or equal to ${max}` });
    }
  };
}
