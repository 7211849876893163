import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { behaviour } from '@/lib/sandbox/testing/behaviour';
import { parseQuery } from './parse-query';
import type { Bound, PatternPart, Query, Term } from './query';
import { printQuery } from './testing/print-query';

const parsed = (text: string) => {
  const result = parseQuery(text);
  if (!result.ok) throw new Error(`${text}: ${JSON.stringify(result.failure)}`);
  return printQuery(result.value).replaceAll('\\', '');
};
const fault = (text: string) => {
  const result = parseQuery(text);
  return result.ok ? undefined : result.failure;
};

const word: fc.Arbitrary<Term> = fc
  .array(
    fc.oneof(
      fc
        .string({ minLength: 1, maxLength: 3, unit: 'binary' })
        .map((text): PatternPart => ({ kind: 'literal', text })),
      fc.constantFrom<PatternPart>({ kind: 'any' }, { kind: 'one' }),
    ),
    { minLength: 1, maxLength: 3 },
  )
  // Neighbouring literals are one when they are read, and a leading wildcard may come once only.
  .filter((parts) =>
    parts.every((part, index) => part.kind !== 'literal' || parts[index - 1]?.kind !== 'literal'),
  )
  .filter((parts) => parts[0]?.kind === 'literal')
  .map((parts): Term => ({ kind: 'word', parts }));
const phrase = fc.string({ maxLength: 5 }).map((text): Term => ({ kind: 'phrase', text }));
const field = fc.string({ minLength: 1, maxLength: 5, unit: 'binary' });
const bound: fc.Arbitrary<Bound | undefined> = fc.option(
  fc.record({ value: fc.oneof(fc.integer(), fc.string({ maxLength: 4 })), inclusive: fc.boolean() }),
  { nil: undefined },
);
const leaf: fc.Arbitrary<Query> = fc.oneof(
  fc.record({
    kind: fc.constant('match' as const),
    field: fc.option(field, { nil: undefined }),
    term: fc.oneof(word, phrase),
  }),
  fc.record({ kind: fc.constant('range' as const), field, lower: bound, upper: bound }),
);
const query: fc.Arbitrary<Query> = fc.letrec<{ query: Query }>((tie) => ({
  query: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    fc.record({ kind: fc.constant('not' as const), operand: tie('query') }),
    fc.record({
      kind: fc.constantFrom('and' as const, 'or' as const),
      operands: fc.array(tie('query'), { minLength: 2, maxLength: 3 }),
    }),
  ),
})).query;

describe('laws', () => {
  it('reads what is printed as the same query, unless it is over a limit', () => {
    fc.assert(
      fc.property(query, (tree) => {
        const result = parseQuery(printQuery(tree));
        if (result.ok) expect(result.value).toEqual(tree);
        else expect(['too-many-terms', 'too-long']).toContain(result.failure.kind);
      }),
    );
  });

  it.each([
    ['any text', fc.string({ maxLength: 60, unit: 'binary' })],
    [
      'text of the language',
      fc
        .array(fc.constantFrom(...'ab:*?"()[]{}<>=-\\ ', ' AND ', ' OR ', 'NOT ', ' TO '), { maxLength: 30 })
        .map((parts) => parts.join('')),
    ],
  ])('gives a query or a fault within the text for %s', (_name, texts) => {
    fc.assert(
      fc.property(texts, (text) => {
        const result = parseQuery(text);
        if (!result.ok) expect(result.failure.offset).toBeLessThanOrEqual(text.length);
      }),
    );
  });
});

behaviour(
  'A query of the fleet index has AND between neighbouring clauses',
  { known: 'documented', source: 'guide, "Query syntax"' },
  () => {
    expect(parsed('thingName:abc thingTypeName:xyz')).toBe(parsed('thingName:abc AND thingTypeName:xyz'));
  },
);

behaviour(
  'A query may exclude with NOT or with a hyphen, in a group of one field too',
  { known: 'documented', source: 'guide, "Query syntax"' },
  () => {
    expect(parsed('thingName:(tv* AND -plasma)')).toBe('(thingName:tv*) AND (NOT (thingName:plasma))');
    expect(parsed('NOT attributes.model:legacy')).toBe('NOT (attributes.model:legacy)');
  },
);

behaviour(
  'In a query NOT binds closer than AND, and AND closer than OR',
  { known: 'assumed', source: '' },
  () => {
    expect(parsed('a OR NOT b c')).toBe('(a) OR ((NOT (b)) AND (c))');
  },
);

behaviour(
  'A query has ranges with open and closed ends, and comparisons, with or without spaces',
  { known: 'documented', source: 'guide, "Example thing queries"' },
  () => {
    expect(parsed('a:{75 TO 80]')).toBe('a:{75 TO 80]');
    expect(parsed('connectivity.timestamp : [1557651600000 TO *]')).toBe(
      'connectivity.timestamp:[1557651600000 TO *]',
    );
    expect(parsed('a<5')).toBe('a:[* TO 5}');
    expect(parsed('a >= -5')).toBe('a:[-5 TO *]');
    expect(parsed('a:["abcd" TO "abcf"]')).toBe('a:["abcd" TO "abcf"]');
  },
);

behaviour('A query has at most 12 terms', { known: 'documented', source: 'guide, "Query syntax"' }, () => {
  const terms = (count: number) => Array.from({ length: count }, (_, index) => `t${index}`).join(' ');
  expect(fault(terms(12))).toBeUndefined();
  expect(fault(terms(13))).toMatchObject({ kind: 'too-many-terms' });
});

behaviour(
  'One term of a query may begin with a wildcard, in a query of at most 100 characters; a lone * is none',
  { known: 'documented', source: 'guide, "Query syntax"' },
  () => {
    expect(fault('thingName:*my')).toBeUndefined();
    expect(fault('thingName:*my thingGroupNames:*echo')).toMatchObject({
      kind: 'too-many-leading-wildcards',
    });
    expect(fault('thingName:* thingGroupNames:* a:*b')).toBeUndefined();
    expect(fault(`thingName:*${'a'.repeat(90)}`)).toMatchObject({ kind: 'leading-wildcard-too-long' });
  },
);

behaviour(
  'A query takes no regular expression, boost, fuzzy search or other unsupported character that is not escaped or quoted',
  { known: 'documented', source: 'guide, "Query syntax"' },
  () => {
    for (const text of ['/my.*/', 'abc^2', 'abc~', 'a@b', 'a#b', 'a%b', "a'b", 'a;b', 'a,b', 'a`b']) {
      expect(fault(text), text).toMatchObject({ kind: 'unsupported-character' });
    }
    expect(parsed('a\\@b')).toBe('a@b');
    expect(parsed('"a@b"')).toBe('"a@b"');
  },
);

it.each([
  ['', 'the end', 0],
  ['a AND', 'the end', 5],
  ['a OR OR b', 'OR', 5],
  ['(a', 'the end', 2],
  ['a)', ')', 1],
  ['a:', 'the end', 2],
  ['a:b:c', ':', 3],
  ['*:a', '*', 0],
  ['"a":b', '"a"', 0],
  ['a:[1 TO]', ']', 7],
  ['a:[1 2]', '2', 5],
  ['a:[1 TO 2', 'the end', 9],
  ['a<*', 'the end', 3],
  ['a:[b* TO c]', 'b*', 3],
])('says where %j goes wrong', (text, found, offset) => {
  expect(fault(text)).toMatchObject({ kind: 'unexpected', found, offset });
});

it('says which quote or backslash is left open', () => {
  expect(fault('a:"b')).toEqual({ kind: 'unterminated-phrase', offset: 2 });
  expect(fault('a\\')).toEqual({ kind: 'dangling-escape', offset: 1 });
});

it('refuses a text over its bound', () => {
  expect(fault('ä'.repeat(501))).toMatchObject({ kind: 'too-long' });
});
