import { fail, ok, type Result } from '@/lib/result';
import { bound, isOperator, readBoundValue } from './bound-value';
import type { Query, QueryFault } from './query';
import { TermBudget } from './term-budget';
import { QueryRefusal, TokenCursor } from './token-cursor';
import { type Token, tokenize } from './tokenize';

/** Of UTF-8; bounds the depth of groups as well. AWS has such a quota, whose figure was not found. */
const QUERY_BYTES_MAX = 1000;

/**
 * Reads a query of the fleet index. Total: every text gives a query or a fault.
 *
 * `NOT` binds closer than `AND`, which is also what stands between neighbours, and that closer than `OR`.
 */
export function parseQuery(text: string): Result<Query, QueryFault> {
  if (new TextEncoder().encode(text).length > QUERY_BYTES_MAX) {
    return fail({ kind: 'too-long', bytesMax: QUERY_BYTES_MAX, offset: 0 });
  }
  const tokens = tokenize(text);
  if (!tokens.ok) return tokens;
  try {
    const parser = new QueryParser(new TokenCursor(text, tokens.value), new TermBudget(text.length));
    return ok(parser.wholeQuery());
  } catch (error) {
    if (error instanceof QueryRefusal) return fail(error.fault);
    throw error;
  }
}

type End = { end: 'lower' | 'upper'; inclusive: boolean };

const COMPARISONS = new Map<string, End>([
  ['<', { end: 'upper', inclusive: false }],
  ['<=', { end: 'upper', inclusive: true }],
  ['>', { end: 'lower', inclusive: false }],
  ['>=', { end: 'lower', inclusive: true }],
]);

/** Recursive descent; each method reads one form of the grammar and refuses by throwing. */
class QueryParser {
  readonly #cursor: TokenCursor;
  readonly #budget: TermBudget;

  constructor(cursor: TokenCursor, budget: TermBudget) {
    this.#cursor = cursor;
    this.#budget = budget;
  }

  wholeQuery(): Query {
    const query = this.#disjunction(undefined);
    if (this.#cursor.peek()) this.#cursor.refuse('the end, or AND, OR or NOT');
    return query;
  }

  /** @param field - of the group that this stands in, as in `thingName:(a OR b)` */
  #disjunction(field: string | undefined): Query {
    const operands = [this.#conjunction(field)];
    while (this.#cursor.takeKeyword('OR')) operands.push(this.#conjunction(field));
    return joined('or', operands);
  }

  #conjunction(field: string | undefined): Query {
    const operands = [this.#negation(field)];
    while (this.#cursor.takeKeyword('AND') || startsOperand(this.#cursor.peek())) {
      operands.push(this.#negation(field));
    }
    return joined('and', operands);
  }

  #negation(field: string | undefined): Query {
    if (this.#cursor.takeKeyword('NOT') || this.#cursor.takePunctuation('-')) {
      return { kind: 'not', operand: this.#negation(field) };
    }
    return this.#clause(field);
  }

  #clause(field: string | undefined): Query {
    if (this.#cursor.takePunctuation('(')) return this.#group(field);
    const following = this.#cursor.peek(1);
    const operator = following?.kind === 'punctuation' ? following.text : '';
    const comparison = COMPARISONS.get(operator);
    if (operator !== ':' && !comparison) return this.#term(field);
    const name = this.#fieldName();
    this.#cursor.advance(2);
    return comparison ? this.#comparison(name, comparison) : this.#fieldClause(name);
  }

  #fieldClause(field: string): Query {
    if (this.#cursor.takePunctuation('(')) return this.#group(field);
    if (this.#cursor.takePunctuation('[')) return this.#range(field, true);
    if (this.#cursor.takePunctuation('{')) return this.#range(field, false);
    return this.#term(field);
  }

  #group(field: string | undefined): Query {
    const query = this.#disjunction(field);
    if (!this.#cursor.takePunctuation(')')) this.#cursor.refuse("')'");
    return query;
  }

  #comparison(field: string, { end, inclusive }: End): Query {
    const { offset } = this.#cursor;
    const value = readBoundValue(this.#cursor);
    if (value === undefined) this.#cursor.refuse('a value');
    const limits = { lower: undefined, upper: undefined, [end]: { value, inclusive } };
    return this.#budget.spend({ kind: 'range', field, ...limits }, offset);
  }

  #range(field: string, lowerInclusive: boolean): Query {
    const { offset } = this.#cursor;
    const lower = readBoundValue(this.#cursor);
    if (!this.#cursor.takeKeyword('TO')) this.#cursor.refuse('TO');
    const upper = readBoundValue(this.#cursor);
    const upperInclusive = this.#cursor.takePunctuation(']');
    if (!upperInclusive && !this.#cursor.takePunctuation('}')) this.#cursor.refuse("']' or '}'");
    const limits = { lower: bound(lower, lowerInclusive), upper: bound(upper, upperInclusive) };
    return this.#budget.spend({ kind: 'range', field, ...limits }, offset);
  }

  #term(field: string | undefined): Query {
    const token = this.#cursor.peek();
    if (token === undefined || token.kind === 'punctuation' || isOperator(token))
      this.#cursor.refuse('a term');
    this.#cursor.advance();
    return this.#budget.spend({ kind: 'match', field, term: token.term }, token.offset);
  }

  #fieldName(): string {
    const token = this.#cursor.peek();
    if (token?.kind !== 'word' || isOperator(token)) this.#cursor.refuse('a field name');
    const [first, ...others] = token.term.parts;
    if (first?.kind !== 'literal' || others.length > 0) this.#cursor.refuse('a field name');
    return first.text;
  }
}

/** Whether a token stands beside what was read, without an operator between them. */
function startsOperand(token: Token | undefined): boolean {
  if (token?.kind === 'punctuation') return token.text === '(' || token.text === '-';
  return token !== undefined && !(token.kind === 'word' && token.source === 'OR');
}

function joined(kind: 'and' | 'or', operands: readonly Query[]): Query {
  const [only, ...others] = operands;
  return only && others.length === 0 ? only : { kind, operands };
}
