import { describe, expect, it } from 'vitest';
import { createThrottle } from './throttle';

const CALLS_PER_SECOND = 100;

describe('a turn to spare', () => {
  it('waits until people leave half of the burst, and gives up in time', async () => {
    let nowMs = 0;
    const throttle = createThrottle(CALLS_PER_SECOND, () => nowMs);
    for (let person = 0; person < 60; person += 1) expect((await throttle.turn(0)).ok).toBe(true);
    expect(await throttle.spareTurn(50)).toEqual({ ok: false, failure: { kind: 'busy', retryAfterMs: 110 } });
    nowMs = 110;
    expect((await throttle.spareTurn(0)).ok).toBe(true);
    // A person comes to a turn at once all the same.
    expect((await throttle.turn(0)).ok).toBe(true);
  });

  it('is every second one at most, however many are left', async () => {
    let nowMs = 0;
    const throttle = createThrottle(CALLS_PER_SECOND, () => nowMs);
    expect((await throttle.spareTurn(0)).ok).toBe(true);
    nowMs = 19;
    expect(await throttle.spareTurn(0)).toMatchObject({ failure: { kind: 'busy', retryAfterMs: 1 } });
    nowMs = 20;
    expect((await throttle.spareTurn(0)).ok).toBe(true);
  });
});
