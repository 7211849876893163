import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseSql, parseSqlExpression } from './parse-sql';
import { printExpression, printSql } from './print-sql';
import { parseTemplate } from './substitution';
import type { Expression } from './syntax';

const faultOf = (sql: string, version: '2015-10-08' | '2016-03-23' = '2016-03-23') => {
  const parsed = parseSql(sql, version);
  return parsed.ok ? undefined : { position: parsed.failure.position, message: parsed.failure.message };
};

describe('what is no statement is refused where it stops being one', () => {
  it.each([
    ['', 0, 'Expected SELECT but found the end of the statement'],
    ['SELEC * FROM "a"', 0, "Expected SELECT but found 'SELEC'"],
    ["SELECT FROM 'a'", 7, "Expected an expression but found 'FROM'"],
    ['SELECT * FROM a/b', 14, "Expected a topic filter in quotes but found 'a'"],
    ["SELECT * FROM 'a/#/b'", 14, "'#' stands alone, as the last level of a topic filter"],
    ["SELECT * FROM 'a+'", 14, "'+' stands alone in its level of a topic filter"],
    ["SELECT * FROM ''", 14, 'The topic filter is empty'],
    ["SELECT * FROM '$aws/rules/r/a'", 14, 'A rule cannot subscribe to the topics of basic ingest'],
    ["SELECT * FROM 'a' WHERE", 23, 'Expected an expression but found the end of the statement'],
    ["SELECT * FROM 'a' LIMIT 1", 18, "Expected the end of the statement but found 'LIMIT'"],
    ["SELECT * FROM 'a", 14, "The string that begins with ' has no end"],
    ["SELECT a ? b FROM 'a'", 9, 'Unexpected character ?'],
    ["SELECT aws_lambda('x', *) FROM 'a'", 7, 'The sandbox does not support the function aws_lambda()'],
    ["SELECT CASE a END FROM 'a'", 14, "Expected WHEN but found 'END'"],
    ["SELECT (1 FROM 'a'", 10, "Expected ')' but found 'FROM'"],
    ["SELECT a. FROM 'a'", 15, "Expected the end of the statement but found 'a'"],
    ["SELECT a.1 FROM 'a'", 9, "Expected the name of a member after '.' but found '1'"],
    ["SELECT 1e999 FROM 'a'", 7, 'The number 1e999 is too large'],
    [
      `SELECT ${'('.repeat(80)}1${')'.repeat(80)} FROM 'a'`,
      71,
      'The statement is nested more than 64 levels deep',
    ],
  ])('%s', (sql, position, message) => {
    expect(faultOf(sql)).toEqual({ position, message });
  });

  it('keeps the functions of 2016-03-23 from older rules', () => {
    const sql = "SELECT length(a) AS l FROM 'a'";
    expect(faultOf(sql)).toBe(undefined);
    expect(faultOf(sql, '2015-10-08')?.message).toBe('The function length() needs SQL version 2016-03-23');
    expect(faultOf("SELECT cast(a AS Boolean) AS l FROM 'a'", '2015-10-08')?.position).toBe(17);
  });

  it('reads a statement without FROM, for basic ingest', () => {
    expect(parseSql('SELECT *', '2016-03-23')).toMatchObject({ ok: true, value: { topicFilter: undefined } });
  });
});

const anyName = fc.constantFrom('a', 'state', 'reported', '_x', 'température', 'value', 'timestamp');
const at = { position: 0 };
const anyExpression: fc.Arbitrary<Expression> = fc.letrec<{ e: Expression }>((tie) => {
  const e = tie('e');
  return {
    e: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      anyName.map((name): Expression => ({ kind: 'field', name, ...at })),
      fc
        .oneof(
          fc.string(),
          fc.boolean(),
          fc.constant(null),
          fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }),
        )
        .map((value): Expression => ({ kind: 'literal', value, ...at })),
      fc.tuple(e, anyName).map(([of, name]): Expression => ({ kind: 'member', of, name, ...at })),
      fc.tuple(fc.constantFrom('AND', 'OR', '=', '<>', '<=', '+', '-', '*', '%'), e, e).map(
        ([operator, left, right]): Expression => ({
          kind: 'binary',
          operator: operator === 'AND' ? 'AND' : operator === '+' ? '+' : operator === '<=' ? '<=' : '-',
          left,
          right,
          ...at,
        }),
      ),
      fc
        .tuple(fc.constantFrom<'NOT' | '-'>('NOT', '-'), e)
        .map(([operator, operand]): Expression => ({ kind: 'unary', operator, operand, ...at })),
      fc.array(e, { maxLength: 3 }).map((items): Expression => ({ kind: 'array', items, ...at })),
      fc
        .array(fc.record({ key: fc.string(), value: e }), { maxLength: 3 })
        .map((entries): Expression => ({ kind: 'object', entries, ...at })),
      fc
        .array(e, { maxLength: 3 })
        .map((args): Expression => ({ kind: 'call', name: 'concat', args, ...at })),
      fc.record({ subject: e, test: e, result: e, otherwise: fc.option(e, { nil: undefined }) }).map(
        ({ subject, test, result, otherwise }): Expression => ({
          kind: 'case',
          subject,
          whens: [{ test, result }],
          otherwise,
          ...at,
        }),
      ),
      fc.tuple(e, e).map(([value, set]): Expression => ({ kind: 'in', value, set, ...at })),
      e.map((value): Expression => ({ kind: 'cast', value, type: 'boolean', ...at })),
    ),
  };
}).e;

/** The same tree without its positions. */
const bare = (tree: unknown): unknown =>
  JSON.parse(JSON.stringify(tree, (key, value: unknown) => (key === 'position' ? undefined : value)));

describe('laws', () => {
  it('reads what it prints as the same tree', () => {
    fc.assert(
      fc.property(anyExpression, (expression) => {
        const parsed = parseSqlExpression(printExpression(expression), '2016-03-23');
        // Nesting beyond the bound is refused, which is no counterexample.
        if (!parsed.ok && parsed.failure.message.includes('nested')) return;
        expect(bare(parsed.ok ? parsed.value : parsed.failure)).toEqual(bare(expression));
      }),
    );
  });

  it.each([
    "SELECT *, a.b AS c.d, topic(2) FROM 'x/+/#' WHERE a = \"it's\" AND NOT (b IN [1, 2])",
    'SELECT VALUE * ',
    "SELECT VALUE (SELECT v FROM e AS x WHERE x.n = 't') FROM 'a'",
    "SELECT * AS payload, cast(a AS Int) FROM '$aws/events/#' WHERE EXISTS (SELECT VALUE b FROM c)",
  ])('prints %s so that it prints alike again', (sql) => {
    const first = parseSql(sql, 'beta');
    const text = first.ok ? printSql(first.value) : first.failure.message;
    const second = parseSql(text, 'beta');
    expect(second.ok && printSql(second.value)).toBe(text);
  });

  it('never throws, whatever the text', () => {
    const words = fc.constantFrom(
      ...'SELECT FROM WHERE AS VALUE CASE WHEN END IN ( ) [ ] { } , . * + - \' " : a 1 topic'.split(' '),
    );
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(words, { maxLength: 40 }).map((all) => all.join(' ')),
    );
    fc.assert(
      fc.property(texts, (text) => {
        expect(typeof parseSql(text, '2016-03-23').ok).toBe('boolean');
        expect(typeof parseTemplate(text, '2016-03-23').ok).toBe('boolean');
      }),
      { numRuns: 500 },
    );
  });

  it('bounds the size of what it reads', () => {
    expect(faultOf(`SELECT a${'.a'.repeat(100_000)} FROM 'a'`)?.message).toContain('at most 2000 words');
    expect(faultOf(`SELECT a${'.a'.repeat(900)} FROM 'a'`)).toBe(undefined);
  });
});
