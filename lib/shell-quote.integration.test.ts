import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shellQuote } from './shell-quote';

/** What `sh` makes of a list of quoted words, NUL-separated. One process for all of them. */
function words(texts: string[]): string[] {
  const script = `printf '%s\\0' ${texts.map(shellQuote).join(' ')}`;
  return execFileSync('sh', ['-c', script]).toString('utf8').split('\0').slice(0, -1);
}

// Lone surrogates have no UTF-8 form, so no process can be given them.
const word = fc.string({ unit: 'binary', maxLength: 40 }).filter((text) => !text.includes('\0'));

describe('shellQuote', () => {
  it('gives sh back exactly the text, whatever it holds', () => {
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 60 }), (texts) => {
        expect(words(texts)).toEqual(texts);
      }),
      { numRuns: 50 },
    );
  });

  it.each([
    ['', "''", 'an empty word still is a word'],
    ['pump-7', 'pump-7', 'nothing to quote'],
    ['$HOME', "'$HOME'", 'expansion'],
    ["it's", `'it'\\''s'`, 'a single quote ends the quotes, is escaped, and begins them again'],
    ['~', "'~'", 'tilde expansion'],
    ['ä', "'ä'", 'outside ASCII'],
  ])('%j -> %s (%s)', (text, quoted) => {
    expect(shellQuote(text)).toBe(quoted);
  });

  it('refuses what no shell word can hold', () => {
    expect(() => shellQuote('a\0b')).toThrow(RangeError);
  });
});
