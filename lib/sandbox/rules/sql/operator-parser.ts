import type { BinaryOperator, Expression } from './syntax';
import type { TokenReader } from './token-reader';

/** From the loosest to the tightest; the guide names no order, so it is SQL's usual one. */
const BINARY_LEVELS: readonly (readonly [symbol: string, operator: BinaryOperator][])[] = [
  [
    ['+', '+'],
    ['-', '-'],
  ],
  [
    ['*', '*'],
    ['/', '/'],
    ['%', '%'],
  ],
];

const COMPARISONS: ReadonlyMap<string, BinaryOperator> = new Map([
  ['=', '='],
  ['<>', '<>'],
  ['!=', '<>'],
  ['<', '<'],
  ['<=', '<='],
  ['>', '>'],
  ['>=', '>='],
]);

/** Reads operators and their precedence; what stands between them is read by `operand`. Every method throws SqlFault. */
export class OperatorParser {
  readonly #tokens: TokenReader;
  readonly #operand: () => Expression;

  constructor(tokens: TokenReader, operand: () => Expression) {
    this.#tokens = tokens;
    this.#operand = operand;
  }

  expression(): Expression {
    return this.#logical('OR', () => this.#logical('AND', () => this.#not()));
  }

  #logical(operator: 'OR' | 'AND', operand: () => Expression): Expression {
    let left = operand();
    while (this.#tokens.isWord(operator)) {
      const { position } = this.#tokens.next();
      left = { kind: 'binary', operator, left, right: operand(), position };
    }
    return left;
  }

  #not(): Expression {
    const { position } = this.#tokens.peek();
    if (!this.#tokens.takeWord('NOT')) return this.#comparison();
    return { kind: 'unary', operator: 'NOT', operand: this.#tokens.deeper(() => this.#not()), position };
  }

  #comparison(): Expression {
    let left = this.#binary(0);
    for (;;) {
      const { kind, text, position } = this.#tokens.peek();
      const operator = kind === 'symbol' ? COMPARISONS.get(text) : undefined;
      if (operator !== undefined) {
        this.#tokens.next();
        left = { kind: 'binary', operator, left, right: this.#binary(0), position };
      } else if (this.#tokens.takeWord('IN')) {
        left = { kind: 'in', value: left, set: this.#binary(0), position };
      } else return left;
    }
  }

  #binary(level: number): Expression {
    const operators = BINARY_LEVELS[level];
    if (operators === undefined) return this.#negation();
    let left = this.#binary(level + 1);
    for (;;) {
      const { position } = this.#tokens.peek();
      const [, operator] = operators.find(([symbol]) => this.#tokens.takeSymbol(symbol)) ?? [];
      if (operator === undefined) return left;
      left = { kind: 'binary', operator, left, right: this.#binary(level + 1), position };
    }
  }

  #negation(): Expression {
    const { position } = this.#tokens.peek();
    if (!this.#tokens.takeSymbol('-')) return this.#operand();
    return { kind: 'unary', operator: '-', operand: this.#tokens.deeper(() => this.#negation()), position };
  }
}
