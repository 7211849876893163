/**
 * Reading JSON text with a position for every fault.
 * RFC 8259. The engine's own `JSON.parse` words its faults differently in every browser and silently drops duplicate
 * names and the digits of long integers; a document that must come out again without loss cannot allow either.
 * @module
 */
import { fail, ok, type Result } from '@/lib/result';

export type JsonValue = string | number | boolean | null | JsonValue[] | JsonObject;
export type JsonObject = { [name: string]: JsonValue };

/** Where in a text: `offset` in UTF-16 units from 0, `line` and `column` from 1. */
export type TextPosition = { offset: number; line: number; column: number };

export type JsonFault = {
  code:
    | 'empty'
    | 'unexpected-character'
    | 'unexpected-end'
    | 'control-character'
    | 'bad-escape'
    | 'bad-number'
    | 'number-loses-precision'
    | 'duplicate-name'
    | 'trailing-text'
    | 'too-deep';
  at: TextPosition;
  /** The character or name at fault, when there is one. */
  found: string | undefined;
};

/** Nesting that real templates and policies never reach; bounds the recursion on hostile input. Our choice. */
const DEPTH_MAX = 64;

/**
 * Reads one JSON text.
 *
 * @returns the value; the first fault with its position otherwise. Never throws.
 */
export function readJson(text: string): Result<JsonValue, JsonFault> {
  return readJsonWith(text, PLAIN);
}

/** What a reading makes of each value; offsets are those of its first character and of the one after its last. */
export type JsonBuilder<Node> = {
  object(members: readonly ReadMember<Node>[], start: number, end: number): Node;
  array(items: Node[], start: number, end: number): Node;
  scalar(value: string | number | boolean | null, start: number, end: number): Node;
};

/** `start` is that of the name's opening quote, `nameEnd` the offset after its closing one. */
export type ReadMember<Node> = { name: string; start: number; nameEnd: number; value: Node };

const PLAIN: JsonBuilder<JsonValue> = {
  object(members) {
    const object: JsonObject = {};
    for (const { name, value } of members) setMember(object, name, value);
    return object;
  },
  array: (items) => items,
  scalar: (value) => value,
};

/** {@link readJson} into whatever `builder` makes of the values. */
export function readJsonWith<Node>(text: string, builder: JsonBuilder<Node>): Result<Node, JsonFault> {
  const reader = new JsonReader(text, builder);
  try {
    return ok(reader.document());
  } catch (error) {
    // The reader unwinds its recursion with this one class; anything else is a bug.
    if (error instanceof JsonStop) return fail(error.fault);
    throw error;
  }
}

/** Whether `value` is a JSON object: not null, not an array. */
export function isJsonObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Line and column of an offset. */
export function positionAt(text: string, offset: number): TextPosition {
  let line = 1;
  let lineStart = 0;
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) {
    line += 1;
    lineStart = at + 1;
  }
  return { offset, line, column: offset - lineStart + 1 };
}

/** Sets a member as data even when it is called `__proto__`. */
export function setMember(object: JsonObject, name: string, value: JsonValue): void {
  Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true });
}

/** The member `name` of `object` itself, never one inherited from its prototype. */
export function member(object: JsonObject, name: string): JsonValue | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

class JsonStop extends Error {
  readonly fault: JsonFault;
  constructor(fault: JsonFault) {
    super(fault.code);
    this.fault = fault;
  }
}

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const ESCAPES: Record<string, string> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

class JsonReader<Node> {
  private offset = 0;
  private readonly text: string;
  private readonly builder: JsonBuilder<Node>;

  constructor(text: string, builder: JsonBuilder<Node>) {
    this.text = text;
    this.builder = builder;
  }

  document(): Node {
    this.skipSpace();
    if (this.offset === this.text.length) this.stop('empty');
    const value = this.value(0);
    this.skipSpace();
    if (this.offset < this.text.length) this.stop('trailing-text');
    return value;
  }

  private value(depth: number): Node {
    if (depth > DEPTH_MAX) this.stop('too-deep');
    const start = this.offset;
    const next = this.text.charAt(start);
    if (next === '{') return this.object(depth);
    if (next === '[') return this.array(depth);
    return this.builder.scalar(this.scalar(next), start, this.offset);
  }

  private scalar(next: string): string | number | boolean | null {
    if (next === '"') return this.string();
    if (next === '-' || (next >= '0' && next <= '9')) return this.number();
    if (this.takeWord('true')) return true;
    if (this.takeWord('false')) return false;
    if (this.takeWord('null')) return null;
    return this.stop(next === '' ? 'unexpected-end' : 'unexpected-character');
  }

  private object(depth: number): Node {
    const objectStart = this.offset;
    const members: ReadMember<Node>[] = [];
    const names = new Set<string>();
    this.offset += 1;
    this.skipSpace();
    if (this.take('}')) return this.builder.object(members, objectStart, this.offset);
    for (;;) {
      this.skipSpace();
      const start = this.offset;
      if (this.text.charAt(start) !== '"') this.stopHere();
      const name = this.string();
      const nameEnd = this.offset;
      if (names.has(name)) this.stop('duplicate-name', start, name);
      names.add(name);
      this.skipSpace();
      if (!this.take(':')) this.stopHere();
      this.skipSpace();
      members.push({ name, start, nameEnd, value: this.value(depth + 1) });
      this.skipSpace();
      if (this.take('}')) return this.builder.object(members, objectStart, this.offset);
      if (!this.take(',')) this.stopHere();
    }
  }

  private array(depth: number): Node {
    const start = this.offset;
    const items: Node[] = [];
    this.offset += 1;
    this.skipSpace();
    if (this.take(']')) return this.builder.array(items, start, this.offset);
    for (;;) {
      this.skipSpace();
      items.push(this.value(depth + 1));
      this.skipSpace();
      if (this.take(']')) return this.builder.array(items, start, this.offset);
      if (!this.take(',')) this.stopHere();
    }
  }

  private string(): string {
    let value = '';
    this.offset += 1;
    for (;;) {
      const start = this.offset;
      while (this.offset < this.text.length && isPlain(this.text.charAt(this.offset))) this.offset += 1;
      value += this.text.slice(start, this.offset);
      if (this.take('"')) return value;
      if (this.offset === this.text.length) this.stop('unexpected-end');
      if (this.text.charAt(this.offset) !== '\\') this.stop('control-character');
      value += this.escape();
    }
  }

  private escape(): string {
    const letter = this.text.charAt(this.offset + 1);
    if (letter === 'u') {
      const digits = this.text.slice(this.offset + 2, this.offset + 6);
      if (!/^[0-9a-fA-F]{4}$/.test(digits)) this.stop('bad-escape');
      this.offset += 6;
      return String.fromCharCode(Number.parseInt(digits, 16));
    }
    const character = ESCAPES[letter];
    if (character === undefined) this.stop('bad-escape', this.offset, `\\${letter}`);
    this.offset += 2;
    return character;
  }

  private number(): number {
    NUMBER.lastIndex = this.offset;
    const digits = NUMBER.exec(this.text)?.[0];
    if (digits === undefined) this.stop('bad-number');
    const value = Number(digits);
    const isInteger = /^-?\d+$/.test(digits);
    // -0 would come out as 0.
    const isLossy =
      !Number.isFinite(value) || Object.is(value, -0) || (isInteger && !Number.isSafeInteger(value));
    if (isLossy) this.stop('number-loses-precision', this.offset, digits);
    this.offset += digits.length;
    return value;
  }

  private take(character: string): boolean {
    if (this.text.charAt(this.offset) !== character) return false;
    this.offset += 1;
    return true;
  }

  private takeWord(word: string): boolean {
    if (!this.text.startsWith(word, this.offset)) return false;
    this.offset += word.length;
    return true;
  }

  private skipSpace(): void {
    while (this.offset < this.text.length && ' \t\n\r'.includes(this.text.charAt(this.offset)))
      this.offset += 1;
  }

  private stopHere(): never {
    return this.stop(this.offset < this.text.length ? 'unexpected-character' : 'unexpected-end');
  }

  private stop(code: JsonFault['code'], offset = this.offset, found?: string): never {
    const character = this.text.charAt(offset);
    throw new JsonStop({
      code,
      at: positionAt(this.text, offset),
      found: found ?? (character === '' ? undefined : character),
    });
  }
}

/** RFC 8259 section 7: everything but the quote, the backslash and control characters stands for itself. */
function isPlain(character: string): boolean {
  return character !== '"' && character !== '\\' && character >= ' ';
}
