import { describe, expect, it } from 'vitest';
import { SqlBudget } from './budget';
import { parseSql } from './parse-sql';
import { runStatement } from './run-statement';
import { fillTemplate, parseTemplate } from './substitution';

const LARGEST_ARRAY = Array.from({ length: 65_000 }, (_, index) => index % 10);

function run(sql: string, payload: unknown, clock?: () => number): string {
  const parsed = parseSql(sql, '2016-03-23');
  if (!parsed.ok) throw parsed.failure;
  const bytes = new TextEncoder().encode(JSON.stringify(payload));
  const outcome = runStatement(parsed.value, bytes, environmentWith(new SqlBudget(clock)));
  return outcome.kind === 'selected' ? new TextDecoder().decode(outcome.payload) : outcome.kind;
}

const environmentWith = (budget: SqlBudget) => ({
  topic: 'a',
  clientId: undefined,
  principal: undefined,
  accountId: '123456789012',
  sourceIp: () => undefined,
  properties: undefined,
  thingShadow: () => undefined,
  version: '2016-03-23' as const,
  now: 0,
  traceId: '',
  newUuid: () => '',
  random: () => 0,
  budget,
});

/** `around` around itself, where it has `@`. */
const nested = (levels: number, around: string, inner: string) =>
  Array.from({ length: levels }).reduce((sql: string) => around.replaceAll('@', () => sql), inner);

const MEMBERS = Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`k${index}`, 1]));

const EIGHT = '[0,1,2,3,4,5,6,7]';
const BACKTRACKING = `regexp_matches('${'a'.repeat(40)}!', '^(a+)+$')`;

describe('the budget of SQL', () => {
  it.each([
    ['work', `SELECT ${nested(25, `(SELECT VALUE @ FROM ${EIGHT})`, '1')} AS v FROM 't'`, /steps|ms/],
    [
      'a string',
      `SELECT ${nested(6, "regexp_replace(@, '^.*$', '$&$&$&$&$&$&$&$&$&$&')", 't')} AS v FROM 't'`,
      /a value/,
    ],
    [
      'a doubled string',
      `SELECT ${nested(12, 'get((SELECT VALUE concat(x, x) FROM [@] AS x), 0)', 't')} AS v FROM 't'`,
      /a value/,
    ],
    ['a replaced string', "SELECT replace(replace(t, '', t), '', t) AS v FROM 't'", /a value/],
    ['what follows each match', "SELECT regexp_replace(t, '', \"$'$'\") AS v FROM 't'", /a value/],
    [
      'an array',
      `SELECT ${nested(12, 'get((SELECT VALUE concat(x, x) FROM [@] AS x), 0)', 'list')} AS v FROM 't'`,
      /a value/,
    ],
    [
      'an object whose members are one object',
      `SELECT ${nested(25, "(SELECT VALUE {'a': x, 'b': x} FROM @ AS x)", "{'a': 1}")} AS v FROM 't'`,
      /a value/,
    ],
    [
      'an array of objects',
      `SELECT transform('enrichArray', {'t': t}, (SELECT VALUE {'a': x} FROM list AS x)) AS v FROM 't'`,
      /a value/,
    ],
    [
      'values that are thrown away',
      "SELECT VALUE (SELECT VALUE length(upper(lower(rpad(lpad(topic(), 1000), 1000)))) FROM list) FROM 't'",
      /together|ms/,
    ],
    ['* written again and again', `SELECT ${Array(900).fill('*').join(', ')} FROM 't'`, /steps|ms/],
    ['regular expressions', `SELECT VALUE (SELECT VALUE ${BACKTRACKING} FROM list) FROM 't'`, /ms/],
  ])('ends %s that grows without end, within seconds', (_, sql, sentence) => {
    const before = performance.now();
    expect(() =>
      run(sql, { t: 'x'.repeat(20_000), list: LARGEST_ARRAY.slice(0, 20_000), ...MEMBERS }),
    ).toThrow(sentence);
    expect(performance.now() - before).toBeLessThan(10_000);
  });

  it.each(['indexof(t, part)', "replace(t, part, '')", 'regexp_matches(t, part)'])(
    'does not begin a search that takes quadratic time: %s',
    (search) => {
      const half = 'a'.repeat(20_000);
      const payload = { t: 'a'.repeat(80_000), part: `${half}b${half}` };
      expect(() => run(`SELECT ${search} AS v FROM 't'`, payload)).toThrow('comparisons');
    },
  );

  it('compiles no regular expression that would end the process', () => {
    const part = `${'(?<=a.*'.repeat(10_000)}${')'.repeat(10_000)}`;
    expect(() => run("SELECT regexp_matches('x', part) AS v FROM 't'", { part })).toThrow(
      'a regular expression has 80000 characters, the sandbox takes 1000',
    );
  });

  it('reads no time by a pattern that asks for names side by side', () => {
    const sql = `SELECT time_to_epoch('${'a'.repeat(120)}!', '${'EMMM'.repeat(24)}') AS v, 1 AS one FROM 't'`;
    expect(run(sql, {})).toBe('{"one":1}');
  });

  it('counts what templates put together', () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a substitution template of AWS IoT
    const template = parseTemplate('${t}'.repeat(1_000), '2016-03-23');
    const row = { value: { t: 'x'.repeat(100_000) }, alias: undefined };
    const fill = () =>
      template.ok && fillTemplate(template.value, row, environmentWith(new SqlBudget(() => 0)));
    expect(fill).toThrow(/together/);
  });

  it('throws a RangeError, which the engine explains', () => {
    expect(() =>
      run("SELECT concat(t, t, t, t, t, t, t, t, t) AS v FROM 't'", { t: 'x'.repeat(130_000) }),
    ).toThrow(new RangeError('a value that the SQL makes has more than 1048576 characters and elements'));
  });

  it.each([
    [
      'a condition and members of every item',
      'SELECT VALUE {"n": n, "m": n * 2 + 1} FROM list AS n WHERE n > 2 AND n < 9',
    ],
    [
      'functions on every item',
      "SELECT VALUE concat('n', upper(cast(n AS string)), '-', abs(n)) FROM list AS n",
    ],
  ])('has enough for the largest payload: %s', (_, query) => {
    const frozen = () => 0;
    expect(run(`SELECT VALUE (${query}) FROM 't'`, { list: LARGEST_ARRAY }, frozen).length).toBeGreaterThan(
      100_000,
    );
  });

  it('counts the time of the statement and its templates, not what passes between them', () => {
    let now = 0;
    const budget = new SqlBudget(() => now);
    budget.during(() => {
      now += 600;
      expect(budget.remainingMs()).toBe(400);
    });
    now += 5_000;
    expect(budget.remainingMs()).toBe(400);
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a substitution template of AWS IoT
    const template = parseTemplate('a/${topic()}', '2016-03-23');
    const row = { value: undefined, alias: undefined };
    expect(template.ok && fillTemplate(template.value, row, environmentWith(budget))).toBe('a/a');
    budget.during(() => {
      now += 400;
      expect(() => budget.remainingMs()).toThrow('more than 1000 ms');
    });
  });
});
