import type { Bound } from './query';
import type { TokenCursor } from './token-cursor';
import type { Token } from './tokenize';

const OPERATORS = new Set(['AND', 'OR', 'NOT']);
export const isOperator = (token: Token) => token.kind === 'word' && OPERATORS.has(token.source);

/** A value to compare with: a number when written as one without quotes; undefined for `*`, no bound. */
export function readBoundValue(cursor: TokenCursor): Bound['value'] | undefined {
  const token = cursor.peek();
  if (token?.kind === 'phrase') {
    cursor.advance();
    return token.term.text;
  }
  if (token?.kind !== 'word' || isOperator(token) || token.source === 'TO') cursor.refuse('a value');
  const [first, ...others] = token.term.parts;
  if (others.length > 0 || first?.kind === 'one') cursor.refuse('a value without wildcards');
  cursor.advance();
  return first?.kind === 'literal' ? numberOrText(first.text) : undefined;
}

export function bound(value: Bound['value'] | undefined, inclusive: boolean): Bound | undefined {
  return value === undefined ? undefined : { value, inclusive };
}

const NUMBER = /^-?(?:\d+\.?\d*|\.\d+)(?:[eE]-?\d+)?$/;

/** The number that a text writes, if it writes one. */
export function numberOf(text: string): number | undefined {
  return NUMBER.test(text) ? Number(text) : undefined;
}

const numberOrText = (text: string) => numberOf(text) ?? text;
