import { describe, expect, it } from 'vitest';
import { openState } from './open-state';

const nameOf = (index: number) => `xx-${'abcdefghij'[Math.floor(index / 10)]}${'abcdefghij'[index % 10]}-1`;

describe('Regions', () => {
  it('are forgotten when they were only looked at, and not when they hold something', async () => {
    const state = await openState(undefined, '123456789012');
    state.region('eu-west-1').registrationCodes.set('code', { code: 'kept' });
    for (let index = 0; index < 100; index += 1) {
      expect(state.region(nameOf(index)).things.get('x')).toBeUndefined();
      expect([...state.regions()].length).toBeLessThanOrEqual(100);
    }
    expect(state.region('eu-west-1').registrationCodes.get('code')).toEqual({ code: 'kept' });
  });

  it('are not forgotten, however empty, while somebody is about to write to them', async () => {
    const state = await openState(undefined, '123456789012');
    const region = state.region('eu-west-1');
    const release = region.hold();
    for (let index = 0; index < 100; index += 1) state.region(nameOf(index));
    region.registrationCodes.set('code', { code: 'late' });
    release();
    for (let index = 0; index < 100; index += 1) state.region(nameOf(index));
    expect(state.region('eu-west-1').registrationCodes.get('code')).toEqual({ code: 'late' });
  });

  it('are refused beyond a hundred that hold something, and welcome again after a reset', async () => {
    const state = await openState(undefined, '123456789012');
    for (let index = 0; index < 100; index += 1) {
      state.region(nameOf(index)).registrationCodes.set('code', { code: 'x' });
    }
    expect(() => state.region('eu-west-1')).toThrow(/keeps 100 Regions/);
    state.reset();
    expect(state.region('eu-west-1').name).toBe('eu-west-1');
  });
});
