import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyJson } from '@/lib/policy/testing/json-arbitrary';
import { keepSame } from './keep-same';

describe('keepSame', () => {
  it('says what is new, whatever was before', () => {
    fc.assert(
      fc.property(anyJson(3), anyJson(3), (before, after) => {
        expect(keepSame(before, after)).toEqual(after);
      }),
    );
  });

  it('gives back the very same object for an equal one', () => {
    fc.assert(
      fc.property(anyJson(3), (value) => {
        expect(keepSame(value, structuredClone(value))).toBe(value);
      }),
    );
  });

  it('keeps the parts beside a change', () => {
    const before = { thing: { name: 'a', groups: ['x'] }, policy: { name: 'p' } };
    const after = keepSame(before, { thing: { name: 'b', groups: ['x'] }, policy: { name: 'p' } });
    expect(after.thing.name).toBe('b');
    expect(after.policy).toBe(before.policy);
    expect(after.thing.groups).toBe(before.thing.groups);
  });

  it('does not take undefined for a missing member', () => {
    expect(keepSame<{ a?: number | undefined; b?: number }>({ b: 1 }, { a: undefined, b: 1 })).toHaveProperty(
      'a',
    );
  });
});
