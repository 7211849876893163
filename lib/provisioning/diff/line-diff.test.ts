import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diffLines } from './line-diff';

const lines = fc.array(fc.constantFrom('a', 'b', 'c', ''), { minLength: 1, maxLength: 30 });
const shown = (before: string, after: string) =>
  diffLines(before, after).map(({ kind, text }) => `${{ same: ' ', removed: '-', added: '+' }[kind]}${text}`);

describe('two texts line by line', () => {
  it.each([
    { before: 'a\nb', after: 'a\nb', shows: [' a', ' b'], why: 'equal' },
    { before: 'a\nb\nc', after: 'a\nx\nc', shows: [' a', '-b', '+x', ' c'], why: 'one line in the middle' },
    { before: '', after: 'a', shows: ['+a'], why: 'nothing before' },
    { before: 'a\na', after: 'a', shows: [' a', '-a'], why: 'a repeated line' },
    { before: 'b\na', after: 'a\nb', shows: ['-b', ' a', '+b'], why: 'two that changed places' },
  ])('$why', ({ before, after, shows }) => {
    expect(shown(before, after)).toEqual(shows);
  });

  it('hold each text whole, in its order, under its own numbers', () => {
    fc.assert(
      fc.property(lines, lines, (old, fresh) => {
        // One empty line and no line at all are the same text.
        fc.pre(old.join('\n') !== '' && fresh.join('\n') !== '');
        const diff = diffLines(old.join('\n'), fresh.join('\n'));
        const before = diff.filter(({ kind }) => kind !== 'added');
        const after = diff.filter(({ kind }) => kind !== 'removed');
        expect(before.map(({ text }) => text)).toEqual(old);
        expect(before.map(({ before: line }) => line)).toEqual(old.map((_, index) => index + 1));
        expect(after.map(({ text }) => text)).toEqual(fresh);
        expect(after.map(({ after: line }) => line)).toEqual(fresh.map((_, index) => index + 1));
      }),
    );
  });

  it('give up looking for common lines in texts beyond the bound, and still hold both', () => {
    const old = Array.from({ length: 3000 }, (_, index) => `old ${index}`);
    const fresh = Array.from({ length: 3000 }, (_, index) => `new ${index}`);
    const diff = diffLines(['first', ...old].join('\n'), ['first', ...fresh].join('\n'));
    expect(diff).toHaveLength(6001);
    expect(diff[0]).toEqual({ kind: 'same', text: 'first', before: 1, after: 1 });
  });
});
