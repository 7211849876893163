import { describe, expect, it } from 'vitest';
import { behaviour } from '@/lib/sandbox/testing/behaviour';
import { compileQuery, type SearchableFields } from './compile-query';
import type { FieldValue } from './compile-term';
import { parseQuery } from './parse-query';

type Document = Readonly<Record<string, readonly FieldValue[]>>;

const fields: SearchableFields<Document> = {
  field: (name) => (document, test) => (document[name] ?? []).some(test),
  anyField: (document, test) => Object.values(document).flat().some(test),
};

function matches(text: string, document: Document): boolean {
  const query = parseQuery(text);
  if (!query.ok) throw new Error(JSON.stringify(query.failure));
  return compileQuery(query.value, fields)(document);
}

describe('a term', () => {
  it.each([
    ['a:b', { a: ['b'] }, true, 'equal'],
    ['a:B', { a: ['b'] }, true, 'values without regard to case'],
    ['A:b', { a: ['b'] }, false, 'field names with regard to case'],
    ['a:b', { a: ['bc'] }, false, 'whole words'],
    ['b', { a: ['x'], c: ['b'] }, true, 'any field when none is named'],
    ['a:york', { a: ['New York'] }, true, 'one word of several'],
    ['a:"new york"', { a: ['in New  York today'] }, true, 'a phrase'],
    ['a:"york new"', { a: ['new york'] }, false, 'a phrase in another order'],
    ['a:""', { a: ['b', ''] }, false, 'a phrase without words'],
    ['a:2', { a: [1, 2, 3] }, true, 'one of a list'],
    ['a:10', { a: [10.0] }, true, 'a number'],
    ['a:10.0', { a: [10] }, true, 'a number written otherwise'],
    ['a:10.0', { a: ['10'] }, false, 'text is not compared as a number'],
    ['a:true', { a: [true] }, true, 'a boolean'],
    ['a:*', { a: ['x'] }, true, 'any value'],
    ['a:*', { b: ['x'] }, false, 'no value'],
    ['a:my*', { a: ['MyPump'] }, true, 'a prefix'],
    ['a:my*', { a: ['amy'] }, false, 'not its middle'],
    ['a:ab?', { a: ['abc'] }, true, 'one character'],
    ['a:ab?', { a: ['ab'] }, false, 'not none'],
    ['a:ab?', { a: ['abcd'] }, false, 'not two'],
    ['a:i*t', { a: ['it'] }, true, 'none or more between'],
    ['a:i*t', { a: ['itinerary'] }, false, 'both ends'],
    ['a:*b*a?c', { a: ['xbabaxc'] }, true, 'goes back to the last wildcard'],
    ['a:b\\*', { a: ['b*'] }, true, 'an escaped wildcard is itself'],
    ['a:b\\*', { a: ['bc'] }, false, 'and nothing else'],
    ['a:7?', { a: [75] }, true, 'a wildcard on a number'],
  ])('%s on %j is %s: %s', (text, document, expected, _reason) => {
    expect(matches(text, document)).toBe(expected);
  });

  it('takes time bounded by the lengths, whatever the wildcards', () => {
    const pattern = 'a*'.repeat(40);
    expect(matches(`a:${pattern}b`, { a: ['a'.repeat(20_000)] })).toBe(false);
  });
});

behaviour(
  'A range of numbers compares numerically, text that writes a number too; a range of quoted values compares text',
  { known: 'documented', source: 'guide, "Example thing queries"' },
  () => {
    expect(matches('a:[75 TO 80]', { a: ['9'] })).toBe(false);
    expect(matches('a:[75 TO 80]', { a: ['75'] })).toBe(true);
    expect(matches('a:{75 TO 80]', { a: [75] })).toBe(false);
    expect(matches('a:[75 TO 80}', { a: [80] })).toBe(false);
    expect(matches('a<5', { a: [4.5] })).toBe(true);
    expect(matches('a<5', { a: ['x'] })).toBe(false);
    expect(matches('a<5', {})).toBe(false);
    for (const value of ['abcd', 'ABCE', 'abcf']) {
      expect(matches('a:["abcd" TO "abcf"]', { a: [value] }), value).toBe(true);
    }
    expect(matches('a:["abcd" TO "abcf"]', { a: ['abcg'] })).toBe(false);
  },
);

describe('operators', () => {
  it.each([
    ['a:1 AND b:2', true],
    ['a:1 b:3', false],
    ['a:1 OR b:3', true],
    ['NOT a:1', false],
    ['a:1 NOT b:3', true],
    ['-b:2', false],
    ['b:(3 OR 2)', true],
    ['(a:2 OR a:1) b:2', true],
    ['NOT missing:x', true],
  ])('%s is %s on a:1 b:2', (text, expected) => {
    expect(matches(text, { a: [1], b: [2] })).toBe(expected);
  });
});

it('matches nothing in a field that the index does not have', () => {
  const query = parseQuery('gone:*');
  if (!query.ok) throw new Error('not a query');
  const none: SearchableFields<object> = { field: () => undefined, anyField: () => true };
  expect(compileQuery(query.value, none)({})).toBe(false);
});
