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
  const reader = new JsonReader(text);
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

class JsonReader {
  private offset = 0;
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  document(): JsonValue {
    this.skipSpace();
    if (this.offset === this.text.length) this.stop('empty');
    const value = this.value(0);
    this.skipSpace();
    if (this.offset < this.text.length) this.stop('trailing-text');
    return value;
  }

  private value(depth: number): JsonValue {
    if (depth > DEPTH_MAX) this.stop('too-deep');
    const next = this.text.charAt(this.offset);
    if (next === '{') return this.object(depth);
    if (next === '[') return this.array(depth);
    if (next === '"') return this.string();
    if (next === '-' || (next >= '0' && next <= '9')) return this.number();
    if (this.takeWord('true')) return true;
    if (this.takeWord('false')) return false;
    if (this.takeWord('null')) return null;
    return this.stop(next === '' ? 'unexpected-end' : 'unexpected-character');
  }

  private object(depth: number): JsonObject {
    const object: JsonObject = {};
    this.offset += 1;
    this.skipSpace();
    if (this.take('}')) return object;
    for (;;) {
      this.skipSpace();
      const nameOffset = this.offset;
      if (this.text.charAt(this.offset) !== '"') this.stopHere();
      const name = this.string();
      if (Object.hasOwn(object, name)) this.stop('duplicate-name', nameOffset, name);
      this.skipSpace();
      if (!this.take(':')) this.stopHere();
      this.skipSpace();
      setMember(object, name, this.value(depth + 1));
      this.skipSpace();
      if (this.take('}')) return object;
      if (!this.take(',')) this.stopHere();
    }
  }

  private array(depth: number): JsonValue[] {
    const array: JsonValue[] = [];
    this.offset += 1;
    this.skipSpace();
    if (this.take(']')) return array;
    for (;;) {
      this.skipSpace();
      array.push(this.value(depth + 1));
      this.skipSpace();
      if (this.take(']')) return array;
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
