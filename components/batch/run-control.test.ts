import { describe, expect, it } from 'vitest';
import { PEM_SETTINGS } from '@/lib/batch/testing/pem-settings';
import type { BatchStanding } from '@/lib/browser/batch/batch.protocol';
import type { RunningState } from './batch-state';
import { RunControl } from './run-control';

const NO_ANSWER = { failure: { kind: 'no-answer' }, retryInMs: 1000 } as const;

/** With a clock that the test sets. */
function running({ devices = 10_000, finished = 0 }: Partial<BatchStanding> = {}) {
  const clock = { ms: 0 };
  const told: RunningState[] = [];
  const control = new RunControl(
    { settings: PEM_SETTINGS, devices, finished, chunks: [] },
    {
      onChange: (state) => told.push(state),
      noteOn: ({ count, first }) => `${count}: ${first.length} by name`,
      now: () => clock.ms,
    },
  );
  /** 250 devices each second. */
  const write = (chunks: number) => {
    for (let chunk = 0; chunk < chunks; chunk += 1) {
      clock.ms += 1000;
      control.onTrouble(undefined);
      control.onWritten(250);
    }
  };
  return { clock, told, control, write, last: () => told.at(-1) };
}

const failing = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ index, commonName: `pump-${index}`, cause: 'why' }));

describe('the time that is left', () => {
  it('is right at once after a pause of minutes', () => {
    const { clock, control, write, last } = running();
    write(10);
    expect(last()).toMatchObject({ devicesPerSecond: 250, leftMs: 30_000 });
    control.pause();
    clock.ms += 300_000;
    control.resume();
    expect(last()).toMatchObject({ isPaused: false, devicesPerSecond: 250, leftMs: 30_000 });
    write(10);
    expect(last()).toMatchObject({ devicesPerSecond: 250, leftMs: 20_000 });
  });

  it('is right at once after a server that did not answer for minutes', () => {
    const { clock, control, write, last } = running();
    write(10);
    control.onTrouble(NO_ANSWER);
    clock.ms += 60_000;
    control.onTrouble({ ...NO_ANSWER, retryInMs: 2000 });
    clock.ms += 240_000;
    write(10);
    expect(last()).toMatchObject({ trouble: undefined, devicesPerSecond: 250, leftMs: 20_000 });
  });

  it('stays that of before where a pause ends while the server still fails', () => {
    const { clock, control, write, last } = running();
    write(10);
    control.onTrouble(NO_ANSWER);
    control.pause();
    clock.ms += 60_000;
    control.resume();
    for (let chunk = 0; chunk < 8; chunk += 1) control.onWritten(250);
    expect(last()?.devicesPerSecond).toBe(250);
  });

  it('is of what is still to be made: who has failed is not waited for', () => {
    const { control, write, last } = running({ devices: 1000 });
    control.onFailed(failing(250));
    write(1);
    expect(last()).toMatchObject({ written: 250, leftMs: 2000 });
  });

  it('is unknown while an earlier run’s devices are written anew, which is much faster than making them', () => {
    const { clock, control, write, last } = running({ devices: 2000, finished: 1000 });
    for (let chunk = 0; chunk < 4; chunk += 1) {
      expect(last()?.leftMs).toBeUndefined();
      clock.ms += 10;
      control.onWritten(250);
    }
    write(1);
    expect(last()).toMatchObject({ devicesPerSecond: 250, leftMs: 3000 });
  });
});

describe('devices that failed', () => {
  it('are all counted, and the first hundred kept by name', () => {
    const { control, last } = running();
    expect(control.noteOnFailed()).toBeUndefined();
    control.onFailed(failing(70));
    control.onFailed(failing(70));
    expect(last()?.failures.count).toBe(140);
    expect(control.noteOnFailed()).toBe('140: 100 by name');
  });
});

describe('a pause', () => {
  it('lasts until the person goes on, or stops', async () => {
    const { control } = running();
    await control.whenGoing();
    control.pause();
    const log: string[] = [];
    const waited = control.whenGoing().then(() => log.push('going'));
    // Gone on and paused again before anybody noticed.
    control.resume();
    control.pause();
    await Promise.resolve();
    await Promise.resolve();
    expect(log).toEqual([]);
    control.cancel();
    await waited;
    expect(log).toEqual(['going']);
  });
});
