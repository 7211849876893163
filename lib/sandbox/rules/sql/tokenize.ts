import { SqlFault } from './sql-fault';

export type Token = {
  kind: 'word' | 'string' | 'number' | 'symbol' | 'end';
  /** Of a string: without its quotes. */
  text: string;
  position: number;
};

const SPACE = /[\s\u00a0]+/y;
const WORD = /[\p{L}_$][\p{L}\p{N}_$]*/uy;
const NUMBER = /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const SYMBOL = /<>|!=|<=|>=|[=<>+\-*/%(),.{}[\]:]/y;
/** A quote within a string is written twice. AWS's pages write strings in either kind of quotes. */
const STRING = /'(?:[^']|'')*'|"(?:[^"]|"")*"/y;

const KINDS: readonly (readonly [Token['kind'] | 'space', RegExp])[] = [
  ['space', SPACE],
  ['word', WORD],
  ['number', NUMBER],
  ['string', STRING],
  ['symbol', SYMBOL],
];

/** Far more than a person writes; what is parsed is walked recursively, so its size bounds the stack. */
const TOKENS_MAX = 2000;

/** The tokens of a statement, the last of kind `end`. @throws SqlFault */
export function tokenize(sql: string): Token[] {
  const tokens: Token[] = [];
  let position = 0;
  while (position < sql.length) {
    const found = matchAt(sql, position);
    if (tokens.length === TOKENS_MAX) {
      throw new SqlFault(`The sandbox reads statements of at most ${TOKENS_MAX} words and signs`, position);
    }
    if (found.kind !== 'space') tokens.push({ kind: found.kind, text: textOf(found), position });
    position += found.text.length;
  }
  tokens.push({ kind: 'end', text: '', position });
  return tokens;
}

function matchAt(sql: string, position: number): { kind: Token['kind'] | 'space'; text: string } {
  for (const [kind, pattern] of KINDS) {
    pattern.lastIndex = position;
    const [text] = pattern.exec(sql) ?? [];
    if (text !== undefined) return { kind, text };
  }
  const character = String.fromCodePoint(sql.codePointAt(position) ?? 0);
  if (character === "'" || character === '"') {
    throw new SqlFault(`The string that begins with ${character} has no end`, position);
  }
  throw new SqlFault(`Unexpected character ${character}`, position);
}

function textOf({ kind, text }: { kind: string; text: string }): string {
  if (kind !== 'string') return text;
  const quote = text.charAt(0);
  return text.slice(1, -1).replaceAll(quote + quote, quote);
}
