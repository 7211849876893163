import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textChange } from './text-change';

const short = fc.string({ unit: fc.constantFrom('a', 'b', '\n'), maxLength: 8 });

describe('textChange', () => {
  it('turns one text into the other', () => {
    fc.assert(
      fc.property(short, short, (before, after) => {
        const { start, beforeEnd, afterEnd } = textChange(before, after);
        expect(before.slice(0, start) + after.slice(start, afterEnd) + before.slice(beforeEnd)).toBe(after);
      }),
    );
  });

  it.each([
    { before: 'abc', after: 'abc', change: { start: 3, beforeEnd: 3, afterEnd: 3 }, why: 'nothing' },
    { before: 'abc', after: 'abXc', change: { start: 2, beforeEnd: 2, afterEnd: 3 }, why: 'a letter typed' },
    {
      before: 'aaa',
      after: 'aa',
      change: { start: 2, beforeEnd: 3, afterEnd: 2 },
      why: 'one of equal letters',
    },
  ])('finds $why', ({ before, after, change }) => {
    expect(textChange(before, after)).toEqual(change);
  });
});
