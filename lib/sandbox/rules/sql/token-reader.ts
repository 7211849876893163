import { SqlFault } from './sql-fault';
import { type Token, tokenize } from './tokenize';

/** Deeper nesting is nobody's rule, and would only cost stack. */
const DEPTH_MAX = 64;

/** A statement's tokens, read from the front. */
export class TokenReader {
  readonly #tokens: readonly Token[];
  #at = 0;
  #depth = 0;

  /** @throws SqlFault */
  constructor(sql: string) {
    this.#tokens = tokenize(sql);
  }

  peek(ahead = 0): Token {
    const token = this.#tokens[Math.min(this.#at + ahead, this.#tokens.length - 1)];
    if (token === undefined) throw new TypeError('there is always an end token');
    return token;
  }

  next(): Token {
    const token = this.peek();
    this.#at += 1;
    return token;
  }

  isSymbol(text: string, ahead = 0): boolean {
    const token = this.peek(ahead);
    return token.kind === 'symbol' && token.text === text;
  }

  /** Keywords are read without regard to case. */
  isWord(word: string, ahead = 0): boolean {
    const token = this.peek(ahead);
    return token.kind === 'word' && token.text.toUpperCase() === word;
  }

  takeSymbol(text: string): boolean {
    if (!this.isSymbol(text)) return false;
    this.#at += 1;
    return true;
  }

  takeWord(word: string): boolean {
    if (!this.isWord(word)) return false;
    this.#at += 1;
    return true;
  }

  expectSymbol(text: string): void {
    if (!this.takeSymbol(text)) throw this.fault(`'${text}'`);
  }

  expectWord(word: string): void {
    if (!this.takeWord(word)) throw this.fault(word);
  }

  /** @param expected - what should stand here */
  fault(expected: string): SqlFault {
    const { kind, text, position } = this.peek();
    const found = kind === 'end' ? 'the end of the statement' : `'${text.slice(0, 64)}'`;
    return new SqlFault(`Expected ${expected} but found ${found}`, position);
  }

  /** Runs `read` one level deeper. @throws SqlFault when that is too deep */
  deeper<Read>(read: () => Read): Read {
    this.#depth += 1;
    if (this.#depth > DEPTH_MAX) {
      throw new SqlFault(`The statement is nested more than ${DEPTH_MAX} levels deep`, this.peek().position);
    }
    const result = read();
    this.#depth -= 1;
    return result;
  }
}
