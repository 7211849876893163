import { describe, expect, it } from 'vitest';
import { lifeAt } from './life';

describe('where a moment stands in a life of 100 ms from 1000', () => {
  it.each([
    { at: 990, life: { phase: 'not-yet', used: 0, distanceMs: 10 }, why: 'before the beginning' },
    { at: 1000, life: { phase: 'running', used: 0, distanceMs: 100 }, why: 'the beginning belongs to it' },
    { at: 1079, life: { phase: 'running', used: 0.79, distanceMs: 21 }, why: 'before the last fifth' },
    { at: 1080, life: { phase: 'ending', used: 0.8, distanceMs: 20 }, why: 'the last fifth' },
    { at: 1100, life: { phase: 'over', used: 1, distanceMs: 0 }, why: 'the end is outside' },
    { at: 1130, life: { phase: 'over', used: 1, distanceMs: 30 }, why: 'long over' },
  ])('$at: $why', ({ at, life }) => {
    expect(lifeAt(1000, 1100, at)).toEqual(life);
  });

  it('is over where it ends before it begins', () => {
    expect(lifeAt(1100, 1000, 1100).phase).toBe('over');
  });
});
