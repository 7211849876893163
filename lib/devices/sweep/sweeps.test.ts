import { afterEach, expect, it, vi } from 'vitest';
import type { Environment } from '@/lib/config/environments';
import { resumeSweep, startSweep } from './sweeps';

const { ends, takeOverSweep } = vi.hoisted(() => ({
  /** Ends each run that was begun, by its id. */
  ends: new Map<string, () => void>(),
  takeOverSweep: vi.fn(async () => undefined),
}));
vi.mock('@/lib/aws/iot-gateway', () => ({ iotInBackground: () => ({}) }));
vi.mock('@/lib/ledger/sweep-runs', () => ({
  beginSweep: async ({ id }: { id: string }) => ({ id, progress: {} }),
  takeOverSweep,
}));
vi.mock('./run-sweep', () => ({
  runSweep: (_: unknown, { id }: { id: string }) =>
    new Promise<string>((resolve) => {
      ends.set(id, () => resolve('left'));
    }),
}));

afterEach(() => {
  globalThis.jitpConsoleSweeps = undefined;
});

const lab = { id: 'lab' } as Environment;
const now = new Date('2026-11-22T10:00:00Z');

async function start() {
  const started = await startSweep(lab, { scope: 'registered-cas', startedBy: undefined }, now);
  if (!started.ok) throw new Error('a sweep is running');
  return started.value.id;
}
async function end(id: string) {
  ends.get(id)?.();
  await new Promise(setImmediate);
}

it('one that was cancelled and ends late does not hide that the next one is at work', async () => {
  const [cancelled, next] = [await start(), await start()];
  await end(cancelled);
  expect(await resumeSweep(lab, { now, isAlone: false })).toBe(true);
  expect(takeOverSweep).not.toHaveBeenCalled();
  await end(next);
  expect(await resumeSweep(lab, { now, isAlone: false })).toBe(false);
  expect(takeOverSweep).toHaveBeenCalledOnce();
});
