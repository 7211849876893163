/**
 * As much of Terraform's language as literal resources need: blocks, attributes, strings, heredocs, lists, objects and
 * `jsonencode`. Every other expression is kept as text and called computed.
 * HCL Native Syntax Specification.
 * @module
 */
import { type JsonObject, type JsonValue, setMember } from '@/lib/policy/json-text';

export type HclValue = { kind: 'literal'; value: JsonValue } | { kind: 'computed'; expression: string };

export type HclBlock = {
  type: string;
  labels: string[];
  attributes: Map<string, HclValue>;
  blocks: HclBlock[];
};

/** Nesting that no configuration of a template reaches; bounds the recursion. Our choice. */
const DEPTH_MAX = 64;

/** The blocks of a file; undefined where the text is not written in this language. Never throws. */
export function parseHcl(text: string): HclBlock[] | undefined {
  const reader = new HclReader(text);
  const body = reader.body(0);
  return body !== undefined && reader.isAtEnd() ? body.blocks : undefined;
}

type Body = Pick<HclBlock, 'attributes' | 'blocks'>;

class HclReader {
  private at = 0;
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  isAtEnd(): boolean {
    this.skip();
    return this.at >= this.text.length;
  }

  body(depth: number): Body | undefined {
    const body: Body = { attributes: new Map(), blocks: [] };
    if (depth > DEPTH_MAX) return undefined;
    for (;;) {
      this.skip();
      const name = this.take(/[\p{ID_Start}_][\p{ID_Continue}-]*/uy);
      if (name === undefined) return body;
      this.skip();
      if (this.take(/=(?![=>])/y) !== undefined) {
        body.attributes.set(name, this.attribute(depth));
        continue;
      }
      const labels: string[] = [];
      for (;;) {
        this.skip();
        const label = this.quoted() ?? this.take(/[\p{ID_Start}_][\p{ID_Continue}-]*/uy);
        if (label === undefined) break;
        labels.push(label);
      }
      if (this.take(/\{/y) === undefined) return undefined;
      const inner = this.body(depth + 1);
      if (inner === undefined || this.take(/\}/y) === undefined) return undefined;
      body.blocks.push({ type: name, labels, ...inner });
    }
  }

  private attribute(depth: number): HclValue {
    this.skip();
    const start = this.at;
    const value = this.value(depth);
    // A literal is the whole expression only where nothing but a comment follows it on its line.
    if (value !== undefined && this.take(/[ \t]*(?=\r?\n|\}|#|\/\/|$)/y) !== undefined) {
      return { kind: 'literal', value };
    }
    this.at = start;
    this.skipExpression();
    return { kind: 'computed', expression: this.text.slice(start, this.at).trim() };
  }

  private value(depth: number): JsonValue | undefined {
    if (depth > DEPTH_MAX) return undefined;
    this.skip();
    const text = this.quoted() ?? this.heredoc();
    if (text !== undefined) return text;
    const number = this.take(/-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y);
    if (number !== undefined) return Number(number);
    if (this.take(/jsonencode\s*\(/y) !== undefined) {
      const value = this.value(depth + 1);
      this.skip();
      return value !== undefined && this.take(/\)/y) !== undefined ? JSON.stringify(value) : undefined;
    }
    const word = this.take(/(?:true|false|null)\b/y);
    if (word !== undefined) return word === 'null' ? null : word === 'true';
    if (this.take(/\[/y) !== undefined) return this.list(depth);
    return this.take(/\{/y) === undefined ? undefined : this.object(depth);
  }

  private list(depth: number): JsonValue[] | undefined {
    const items: JsonValue[] = [];
    for (;;) {
      this.skip();
      if (this.take(/\]/y) !== undefined) return items;
      const item = this.value(depth + 1);
      if (item === undefined) return undefined;
      items.push(item);
      this.skip();
      if (this.take(/,/y) === undefined && this.text.charAt(this.at) !== ']') return undefined;
    }
  }

  private object(depth: number): JsonObject | undefined {
    const object: JsonObject = {};
    for (;;) {
      this.skip();
      if (this.take(/\}/y) !== undefined) return object;
      const name = this.quoted() ?? this.take(/[\p{ID_Start}_][\p{ID_Continue}-]*/uy);
      this.skip();
      if (name === undefined || this.take(/[=:]/y) === undefined || Object.hasOwn(object, name))
        return undefined;
      const value = this.value(depth + 1);
      if (value === undefined) return undefined;
      setMember(object, name, value);
      this.take(/[ \t]*,/y);
    }
  }

  /** A quoted string without interpolation. */
  private quoted(): string | undefined {
    const start = this.at;
    const literal = this.take(/"(?:[^"\\\r\n]|\\.)*"/y);
    if (literal === undefined) return undefined;
    const text = plainTemplate(literal.slice(1, -1));
    if (text === undefined) {
      this.at = start;
      return undefined;
    }
    return text.replace(/\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))/g, (whole, short, long, letter) => {
      const code = Number.parseInt(short ?? long ?? '', 16);
      if (letter === undefined) return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
      return { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' }[letter as string] ?? letter;
    });
  }

  private heredoc(): string | undefined {
    const start = this.at;
    const [, dash, word] =
      /^<<(-?)([\p{ID_Start}_][\p{ID_Continue}-]*)\r?\n/u.exec(this.text.slice(this.at)) ?? [];
    if (word === undefined) return undefined;
    const bodyStart = this.text.indexOf('\n', this.at) + 1;
    const end = new RegExp(`^[ \\t]*${word}[ \\t]*$`, 'm').exec(this.text.slice(bodyStart));
    if (end === null) return undefined;
    const body = this.text.slice(bodyStart, bodyStart + end.index);
    this.at = bodyStart + end.index + end[0].length;
    const text = plainTemplate(body);
    if (text === undefined) this.at = start;
    if (text === undefined || dash === '') return text;
    const margins = text
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line) => /^ */.exec(line)?.[0].length ?? 0);
    const margin = Math.min(...margins);
    return text.replace(new RegExp(`^ {${Number.isFinite(margin) ? margin : 0}}`, 'gm'), '');
  }

  /** Leaves an expression behind: to the end of the line on which all its brackets are closed. */
  private skipExpression(): void {
    let depth = 0;
    while (this.at < this.text.length) {
      if (this.take(/"(?:[^"\\\r\n]|\\.)*"/y) !== undefined) continue;
      const character = this.text.charAt(this.at);
      if ('([{'.includes(character)) depth += 1;
      if (')]}'.includes(character)) {
        if (depth === 0) return;
        depth -= 1;
      }
      if (character === '\n' && depth === 0) return;
      this.at += 1;
    }
  }

  private skip(): void {
    this.take(/(?:\s+|#[^\n]*|\/\/[^\n]*|\/\*[\s\S]*?\*\/)+/y);
  }

  private take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    if (found !== undefined) this.at += found.length;
    return found;
  }
}

/** The text of a template without interpolations and directives; undefined where it has any. */
function plainTemplate(text: string): string | undefined {
  if (/(?<!\$)\$\{|(?<!%)%\{/.test(text)) return undefined;
  return text.replaceAll('$${', '${').replaceAll('%%{', '%{');
}
