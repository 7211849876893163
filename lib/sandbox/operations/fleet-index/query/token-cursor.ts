import type { QueryFault } from './query';
import type { Punctuation, Token } from './tokenize';

/** Carries a fault out of the recursive descent; it does not leave `parseQuery`. */
export class QueryRefusal extends Error {
  readonly fault: QueryFault;

  constructor(fault: QueryFault) {
    super(fault.kind);
    this.fault = fault;
  }
}

/** A place in the tokens of a query. */
export class TokenCursor {
  readonly #text: string;
  readonly #tokens: readonly Token[];
  #next = 0;

  constructor(text: string, tokens: readonly Token[]) {
    this.#text = text;
    this.#tokens = tokens;
  }

  peek(ahead = 0): Token | undefined {
    return this.#tokens[this.#next + ahead];
  }

  advance(count = 1): void {
    this.#next += count;
  }

  takeKeyword(keyword: 'AND' | 'OR' | 'NOT' | 'TO'): boolean {
    const token = this.peek();
    if (token?.kind !== 'word' || token.source !== keyword) return false;
    this.advance();
    return true;
  }

  takePunctuation(text: Punctuation): boolean {
    const token = this.peek();
    if (token?.kind !== 'punctuation' || token.text !== text) return false;
    this.advance();
    return true;
  }

  get offset(): number {
    return this.peek()?.offset ?? this.#text.length;
  }

  /** @param expected - what would have been right here */
  refuse(expected: string): never {
    const end = this.peek(1)?.offset ?? this.#text.length;
    const found = this.peek() ? this.#text.slice(this.offset, end).trim() : 'the end';
    throw new QueryRefusal({ kind: 'unexpected', found, expected, offset: this.offset });
  }
}
