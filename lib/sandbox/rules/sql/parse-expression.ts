import { OperatorParser } from './operator-parser';
import { SqlFault } from './sql-fault';
import { CAST_TYPES, type CastType, type Expression, type NestedSelect } from './syntax';
import type { TokenReader } from './token-reader';

/** Words that cannot name a field on their own; after a dot they can. */
const RESERVED = new Set(
  'SELECT FROM WHERE AS AND OR NOT IN CASE WHEN THEN ELSE END NULL TRUE FALSE EXISTS'.split(' '),
);

export type ExpressionRules = {
  /** Reads `SELECT …` in parentheses, after its opening one. */
  nestedSelect(): NestedSelect;
  /** @throws SqlFault when there is no such function, or not in this version */
  checkFunction(name: string, position: number): void;
  checkCast(type: CastType, position: number): void;
};

/** Reads expressions by recursive descent. Every method throws SqlFault. */
export class ExpressionParser {
  readonly #tokens: TokenReader;
  readonly #rules: ExpressionRules;
  readonly #operators: OperatorParser;

  constructor(tokens: TokenReader, rules: ExpressionRules) {
    this.#tokens = tokens;
    this.#rules = rules;
    this.#operators = new OperatorParser(tokens, () => this.#path());
  }

  expression(): Expression {
    return this.#tokens.deeper(() => this.#operators.expression());
  }

  #path(): Expression {
    let of = this.#primary();
    while (this.#tokens.isSymbol('.')) {
      const { position } = this.#tokens.next();
      const { kind, text } = this.#tokens.peek();
      if (kind !== 'word') throw this.#tokens.fault("the name of a member after '.'");
      this.#tokens.next();
      of = { kind: 'member', of, name: text, position };
    }
    return of;
  }

  #primary(): Expression {
    const { kind, text, position } = this.#tokens.peek();
    if (kind === 'string') {
      this.#tokens.next();
      return { kind: 'literal', value: text, position };
    }
    if (kind === 'number') {
      this.#tokens.next();
      return { kind: 'literal', value: finite(text, position), position };
    }
    if (kind === 'word') return this.#word();
    if (this.#tokens.takeSymbol('(')) return this.#parenthesis(position);
    if (this.#tokens.takeSymbol('[')) {
      return { kind: 'array', items: this.#list(']', () => this.expression()), position };
    }
    if (this.#tokens.takeSymbol('{')) {
      return { kind: 'object', entries: this.#list('}', () => this.#entry()), position };
    }
    throw this.#tokens.fault('an expression');
  }

  #word(): Expression {
    const { text, position } = this.#tokens.peek();
    const word = text.toUpperCase();
    if (word === 'CASE') return this.#case();
    if (word === 'EXISTS') return this.#exists();
    if (word === 'TRUE' || word === 'FALSE' || word === 'NULL') {
      this.#tokens.next();
      return { kind: 'literal', value: word === 'NULL' ? null : word === 'TRUE', position };
    }
    if (RESERVED.has(word)) throw this.#tokens.fault('an expression');
    this.#tokens.next();
    if (!this.#tokens.takeSymbol('(')) return { kind: 'field', name: text, position };
    if (word === 'CAST') return this.#cast(position);
    const name = text.toLowerCase();
    this.#rules.checkFunction(name, position);
    return { kind: 'call', name, args: this.#list(')', () => this.#argument()), position };
  }

  #argument(): Expression {
    const { position } = this.#tokens.peek();
    return this.#tokens.takeSymbol('*') ? { kind: 'star', position } : this.expression();
  }

  #cast(position: number): Expression {
    const value = this.#argument();
    this.#tokens.expectWord('AS');
    const type = this.#tokens.peek().text.toLowerCase();
    if (!isCastType(type)) throw this.#tokens.fault(`one of ${Object.keys(CAST_TYPES).join(', ')}`);
    this.#rules.checkCast(type, this.#tokens.next().position);
    this.#tokens.expectSymbol(')');
    return { kind: 'cast', value, type, position };
  }

  #parenthesis(position: number): Expression {
    if (this.#tokens.isWord('SELECT')) {
      const statement = this.#tokens.deeper(() => this.#rules.nestedSelect());
      this.#tokens.expectSymbol(')');
      return { kind: 'select', statement, position };
    }
    const inner = this.expression();
    this.#tokens.expectSymbol(')');
    return inner;
  }

  #exists(): Expression {
    const { position } = this.#tokens.next();
    this.#tokens.expectSymbol('(');
    if (!this.#tokens.isWord('SELECT')) throw this.#tokens.fault('SELECT');
    return { kind: 'exists', query: this.#parenthesis(position), position };
  }

  #case(): Expression {
    const { position } = this.#tokens.next();
    const subject = this.expression();
    const whens: { test: Expression; result: Expression }[] = [];
    while (this.#tokens.takeWord('WHEN')) {
      const test = this.expression();
      this.#tokens.expectWord('THEN');
      whens.push({ test, result: this.expression() });
    }
    if (whens.length === 0) throw this.#tokens.fault('WHEN');
    const otherwise = this.#tokens.takeWord('ELSE') ? this.expression() : undefined;
    this.#tokens.expectWord('END');
    return { kind: 'case', subject, whens, otherwise, position };
  }

  #entry(): { key: string; value: Expression } {
    const { kind, text } = this.#tokens.peek();
    if (kind !== 'string' && kind !== 'word') throw this.#tokens.fault('the name of a member');
    this.#tokens.next();
    this.#tokens.expectSymbol(':');
    return { key: text, value: this.expression() };
  }

  /** Items between commas up to `close`, whose opening one is read. */
  #list<Item>(close: string, item: () => Item): Item[] {
    const items: Item[] = [];
    if (this.#tokens.takeSymbol(close)) return items;
    do items.push(item());
    while (this.#tokens.takeSymbol(','));
    this.#tokens.expectSymbol(close);
    return items;
  }
}

const isCastType = (type: string): type is CastType => Object.hasOwn(CAST_TYPES, type);

function finite(text: string, position: number): number {
  const value = Number(text);
  if (Number.isFinite(value)) return value;
  throw new SqlFault(`The number ${text.slice(0, 64)} is too large`, position);
}
