import { describe, expect, it } from 'vitest';
import { ACT_SUBJECTS_MAX } from '@/lib/registry/act';
import { NOTHING_SELECTED, toggled, withAll, without } from './selection-state';

const rows = ['a', 'b', 'c', 'd', 'e'].map((id) => ({ id }));
const picked = (...ids: string[]) =>
  withAll(
    NOTHING_SELECTED,
    ids.map((id) => ({ id })),
  );

describe('picking rows', () => {
  it.each([
    { from: [], press: 'b', anchor: undefined, to: ['b'], why: 'one' },
    { from: ['b'], press: 'b', anchor: undefined, to: [], why: 'taken back' },
    { from: ['b'], press: 'd', anchor: 'b', to: ['b', 'c', 'd'], why: 'a range downwards' },
    { from: ['d'], press: 'b', anchor: 'd', to: ['d', 'b', 'c'], why: 'a range upwards' },
    { from: ['a', 'b', 'c'], press: 'c', anchor: 'a', to: [], why: 'a range taken back' },
    {
      from: ['x'],
      press: 'c',
      anchor: 'gone',
      to: ['x', 'c'],
      why: 'an anchor of another page counts as none',
    },
  ])('$why', ({ from, press, anchor, to }) => {
    expect([...toggled(picked(...from), rows, press, anchor).keys()]).toEqual(to);
  });

  it('keeps what other pages have', () => {
    expect([...without(withAll(picked('x'), rows), ['a', 'b', 'c', 'd', 'e']).keys()]).toEqual(['x']);
  });

  it('ends where one run ends', () => {
    const many = Array.from({ length: ACT_SUBJECTS_MAX + 1 }, (_, index) => ({ id: `${index}` }));
    expect(withAll(NOTHING_SELECTED, many).size).toBe(ACT_SUBJECTS_MAX);
  });
});
