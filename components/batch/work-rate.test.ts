import { describe, expect, it } from 'vitest';
import { WorkRate } from './work-rate';

/** Writes 100 devices each `everyMs`, `times` times; returns when the last of them was. */
function write(rate: WorkRate, fromMs: number, everyMs: number, times: number): number {
  for (let at = 1; at <= times; at += 1) rate.wrote(100, fromMs + at * everyMs);
  return fromMs + times * everyMs;
}

describe('the rate of a batch', () => {
  it('is unknown before anything is written', () => {
    expect(new WorkRate(0, 4).devicesPerSecond).toBeUndefined();
  });

  it('is that of the last half minute, not of the whole run', () => {
    const rate = new WorkRate(0, 4);
    const slowUntil = write(rate, 0, 10_000, 30);
    expect(rate.devicesPerSecond).toBeCloseTo(10);
    write(rate, slowUntil, 100, 400);
    expect(rate.devicesPerSecond).toBeCloseTo(1000);
  });

  it('does not know of a halt of minutes, nor of what was made meanwhile and is written in one go', () => {
    const rate = new WorkRate(0, 4);
    const haltedMs = write(rate, 0, 1000, 10);
    rate.halt();
    rate.wrote(100, haltedMs + 500);
    const wentOnMs = haltedMs + 600_000;
    rate.goOn();
    expect(rate.devicesPerSecond).toBeCloseTo(100);
    const burstMs = write(rate, wentOnMs, 1, 4);
    expect(rate.devicesPerSecond).toBeCloseTo(100);
    write(rate, burstMs, 1000, 10);
    expect(rate.devicesPerSecond).toBeCloseTo(100);
  });

  it('is measured on where nothing was halted', () => {
    const rate = new WorkRate(0, 4);
    for (let at = 1; at <= 10; at += 1) {
      rate.goOn();
      rate.wrote(100, at * 1000);
    }
    expect(rate.devicesPerSecond).toBeCloseTo(100);
  });
});
