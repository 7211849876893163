import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectOk } from '@/lib/testing/expect-ok';
import { PATTERN_CHARACTERS_MAX, readPattern } from './pattern';

describe('a pattern', () => {
  it.each([
    ['pump-{0001..5000}', 5000, 'pump-0001', 'pump-5000', 'padded'],
    ['pump-{8..12}', 5, 'pump-8', 'pump-12', 'not padded'],
    ['{A,B}-{1..3}', 6, 'A-1', 'B-3', 'the last range runs fastest'],
    ['line-{01..2}x{7..7}', 2, 'line-01x7', 'line-02x7', 'padded by either end'],
    ['plain', 1, 'plain', 'plain', 'no range'],
    ['{0..99999}', 100_000, '0', '99999', 'as many as a batch may have; a lone zero does not pad'],
  ])('%s makes %i names', (pattern, count, first, last, _reason) => {
    const names = expectOk(readPattern(pattern));
    expect([names.count, names.at(0), names.at(count - 1)]).toEqual([count, first, last]);
  });

  it.each([
    ['', { kind: 'pattern-empty' }, 'nothing'],
    ['  ', { kind: 'pattern-empty' }, 'blanks'],
    ['a{1..2', { kind: 'pattern-brace-open', position: 1 }, 'not closed'],
    ['a{1..{2}', { kind: 'pattern-brace-open', position: 1 }, 'one in another'],
    ['a}b', { kind: 'pattern-brace-close', position: 1 }, 'not opened'],
    ['{1..2}x}', { kind: 'pattern-brace-close', position: 7 }, 'not opened, behind a range'],
    ['{}', { kind: 'pattern-range', position: 0, text: '' }, 'empty'],
    ['{a..c}', { kind: 'pattern-range', position: 0, text: 'a..c' }, 'letters'],
    ['{1..-2}', { kind: 'pattern-range', position: 0, text: '1..-2' }, 'a sign'],
    ['{a,}', { kind: 'pattern-range', position: 0, text: 'a,' }, 'an empty word'],
    ['{a, a}', { kind: 'pattern-word-twice', position: 0, text: 'a, a' }, 'the same word twice'],
    ['x{9..1}', { kind: 'pattern-range-backwards', position: 1, text: '9..1' }, 'backwards'],
    ['{1..100001}', { kind: 'pattern-too-many', count: 100_001, countMax: 100_000 }, 'one too many'],
    [
      '{1..999999}{1..999999}',
      { kind: 'pattern-too-many', count: 999_999 ** 2, countMax: 100_000 },
      'never counted out',
    ],
    [
      'x'.repeat(257),
      { kind: 'pattern-too-long', characters: 257, charactersMax: PATTERN_CHARACTERS_MAX },
      'long',
    ],
  ])('%j is refused', (pattern, failure, _reason) => {
    expect(readPattern(pattern)).toEqual({ ok: false, failure });
  });

  it('never makes a name twice', () => {
    const range = fc
      .tuple(fc.nat(30), fc.nat(30), fc.integer({ min: 1, max: 4 }))
      .map(([from, more, width]) => `{${String(from).padStart(width, '0')}..${from + more}}`);
    const parts = fc.array(fc.oneof(range, fc.stringMatching(/^[a-z-]{1,4}$/)), {
      minLength: 1,
      maxLength: 5,
    });
    fc.assert(
      fc.property(parts, (given) => {
        // Numbers side by side may well run together: 1|11 and 11|1.
        const names = readPattern(given.join('-'));
        if (!names.ok) return;
        const { count, at } = names.value;
        const shown = Math.min(count, 2000);
        expect(new Set(Array.from({ length: shown }, (_, index) => at(index))).size).toBe(shown);
      }),
    );
  });
});
