import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readJson } from './json-text';

describe('readJson (RFC 8259)', () => {
  it('reads what JSON.stringify writes, at any indentation', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), fc.integer({ min: 0, max: 4 }), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        const read = readJson(text);
        if (!read.ok) {
          // Only numbers that would change on the way may be refused.
          expect(read.failure.code).toBe('number-loses-precision');
          return;
        }
        expect(JSON.stringify(read.value)).toBe(JSON.stringify(JSON.parse(text)));
      }),
    );
  });

  it('never throws, and agrees with JSON.parse about what is JSON', () => {
    const pieces = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      '"',
      ':',
      ',',
      '\\',
      '\\u00',
      'a',
      '1',
      '-',
      '.',
      'e',
      'true',
      'null',
      ' ',
      '\n',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(pieces).map((all) => all.join('')),
        ),
        (text) => {
          const read = readJson(text);
          if (read.ok) expect(read.value).toEqual(JSON.parse(text));
          else if (!['duplicate-name', 'number-loses-precision', 'too-deep'].includes(read.failure.code)) {
            expect(() => JSON.parse(text)).toThrow(SyntaxError);
          }
        },
      ),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['', 'empty', 1, 1, 'nothing pasted'],
    ['{\n  "a": 1,\n}', 'unexpected-character', 3, 1, 'trailing comma'],
    ['{"a": 1', 'unexpected-end', 1, 8, 'cut off while copying'],
    ["{'a': 1}", 'unexpected-character', 1, 2, 'single quotes'],
    ['{"a": "x\ny"}', 'control-character', 1, 9, 'a line break inside a string'],
    ['{"a": "\\x"}', 'bad-escape', 1, 8, 'no such escape'],
    ['{"a": 1} x', 'trailing-text', 1, 10, 'something after the document'],
    ['{"a": 1, "a": 2}', 'duplicate-name', 1, 10, 'one of the two would be lost'],
    ['[12345678901234567890]', 'number-loses-precision', 1, 2, 'the last digits would be lost'],
    ['[1e400]', 'number-loses-precision', 1, 2, 'would come out as null'],
    ['[-0]', 'number-loses-precision', 1, 2, 'would come out as 0'],
    ['[-]', 'bad-number', 1, 2, 'a sign alone'],
    ['['.repeat(100_000), 'too-deep', 1, 66, 'must not exhaust the stack'],
  ])('%j is refused as %s at line %i, column %i (%s)', (text, code, line, column) => {
    const read = readJson(text);
    expect(read).toMatchObject({ ok: false, failure: { code, at: { line, column } } });
  });

  it('keeps a member called __proto__ as data', () => {
    const read = readJson('{"__proto__": {"admin": true}}');
    if (!read.ok) expect.fail(read.failure.code);
    expect(JSON.stringify(read.value)).toBe('{"__proto__":{"admin":true}}');
    expect(Object.getPrototypeOf(read.value)).toBe(Object.prototype);
  });
});
