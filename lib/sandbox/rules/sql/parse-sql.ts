import { fail, ok, type Result } from '@/lib/result';
import { sqlFunction } from './functions/functions';
import { ExpressionParser } from './parse-expression';
import { SqlFault } from './sql-fault';
import type { Expression, NestedSelect, SelectItem, Selection, SelectStatement, SqlVersion } from './syntax';
import { TokenReader } from './token-reader';
import { topicFilterFault } from './topic-filter';

/** A rule's statement, or where it stops being one. */
export function parseSql(sql: string, version: SqlVersion): Result<SelectStatement, SqlFault> {
  return caught(() => new StatementParser(sql, version).statement());
}

/** An expression alone, as substitution templates hold them. */
export function parseSqlExpression(sql: string, version: SqlVersion): Result<Expression, SqlFault> {
  return caught(() => new StatementParser(sql, version).onlyExpression());
}

function caught<Parsed>(parse: () => Parsed): Result<Parsed, SqlFault> {
  try {
    return ok(parse());
  } catch (error) {
    if (error instanceof SqlFault) return fail(error);
    throw error;
  }
}

class StatementParser {
  readonly #tokens: TokenReader;
  readonly #expressions: ExpressionParser;

  constructor(sql: string, version: SqlVersion) {
    this.#tokens = new TokenReader(sql);
    const newer = version !== '2015-10-08';
    this.#expressions = new ExpressionParser(this.#tokens, {
      nestedSelect: () => this.#nested(),
      checkFunction(name, position) {
        const known = sqlFunction(name);
        if (!known) throw new SqlFault(`The sandbox does not support the function ${name}()`, position);
        if (known.since === '2016-03-23' && !newer) {
          throw new SqlFault(`The function ${name}() needs SQL version 2016-03-23`, position);
        }
      },
      checkCast(type, position) {
        if (!newer && (type === 'decimal' || type === 'bool' || type === 'boolean')) {
          throw new SqlFault(`A cast to ${type} needs SQL version 2016-03-23`, position);
        }
      },
    });
  }

  statement(): SelectStatement {
    this.#tokens.expectWord('SELECT');
    const selection = this.#selection();
    const topicFilter = this.#tokens.takeWord('FROM') ? this.#topicFilter() : undefined;
    const where = this.#where();
    this.#end();
    return { selection, topicFilter, where };
  }

  onlyExpression(): Expression {
    const expression = this.#expressions.expression();
    this.#end();
    return expression;
  }

  #nested(): NestedSelect {
    this.#tokens.expectWord('SELECT');
    const selection = this.#selection();
    this.#tokens.expectWord('FROM');
    const from = this.#expressions.expression();
    const alias = this.#tokens.takeWord('AS') ? this.#name() : undefined;
    return { selection, from, alias, where: this.#where() };
  }

  #end(): void {
    if (this.#tokens.peek().kind !== 'end') throw this.#tokens.fault('the end of the statement');
  }

  #where(): Expression | undefined {
    return this.#tokens.takeWord('WHERE') ? this.#expressions.expression() : undefined;
  }

  #topicFilter(): string {
    const { kind, text, position } = this.#tokens.peek();
    if (kind !== 'string') throw this.#tokens.fault('a topic filter in quotes');
    this.#tokens.next();
    const fault = topicFilterFault(text);
    if (fault !== undefined) throw new SqlFault(fault, position);
    return text;
  }

  #selection(): Selection {
    if (this.#isValueKeyword()) {
      this.#tokens.next();
      const { position } = this.#tokens.peek();
      const star = this.#tokens.takeSymbol('*');
      return { kind: 'value', value: star ? { kind: 'star', position } : this.#expressions.expression() };
    }
    const items: SelectItem[] = [];
    do items.push(this.#item());
    while (this.#tokens.takeSymbol(','));
    return { kind: 'items', items };
  }

  /** `SELECT VALUE x`, but not `SELECT value FROM …`, where it names a field. */
  #isValueKeyword(): boolean {
    if (!this.#tokens.isWord('VALUE')) return false;
    const { kind, text } = this.#tokens.peek(1);
    if (kind === 'word') return !['FROM', 'AS', 'WHERE', 'AND', 'OR', 'IN'].includes(text.toUpperCase());
    if (kind === 'symbol' && text === '*') {
      return this.#tokens.isWord('FROM', 2) || this.#tokens.peek(2).kind === 'end';
    }
    return kind === 'string' || kind === 'number' || (kind === 'symbol' && '([{'.includes(text));
  }

  #item(): SelectItem {
    const { position } = this.#tokens.peek();
    if (this.#tokens.takeSymbol('*')) {
      // The guide's `SELECT * AS x` puts the payload under a name.
      if (!this.#tokens.takeWord('AS')) return { kind: 'all', position };
      return { kind: 'named', value: { kind: 'star', position }, alias: this.#aliasPath(), position };
    }
    const value = this.#expressions.expression();
    const alias = this.#tokens.takeWord('AS') ? this.#aliasPath() : undefined;
    return { kind: 'named', value, alias, position };
  }

  #aliasPath(): string[] {
    const path = [this.#name()];
    while (this.#tokens.takeSymbol('.')) path.push(this.#name());
    return path;
  }

  /** Any word, even a keyword, or one in quotes. */
  #name(): string {
    const { kind, text } = this.#tokens.peek();
    if ((kind !== 'word' && kind !== 'string') || text === '') throw this.#tokens.fault('a name');
    this.#tokens.next();
    return text;
  }
}
