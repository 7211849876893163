import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { listActs } from '@/lib/audit/list-acts';
import { SANDBOX_CREDENTIALS, sandboxEnvironment } from '@/lib/aws/testing/sandbox-environment';
import { beginSweep, cancelSweep, lastSweeps } from '@/lib/ledger/sweep-runs';
import { type Sandbox, startSandbox } from '@/lib/sandbox/start-sandbox';
import { startEmbeddedDatabase } from '@/lib/testing/embedded-database';
import { isSweepDue, startSweepSchedule } from './sweep-schedule';

let running: AsyncDisposable;
let sandbox: Sandbox;
beforeAll(async () => {
  for (const [name, value] of Object.entries(SANDBOX_CREDENTIALS)) vi.stubEnv(name, value);
  sandbox = await startSandbox();
  const { endpoints, region, accountId, kind } = sandboxEnvironment(sandbox);
  const common = { name: 'Lab', kind, region, accountId, endpoints, callsPerSecond: 1000 };
  const list = [
    { ...common, id: 'killed' },
    { ...common, id: 'due', sweepEveryHours: 24 },
    { ...common, id: 'by-hand' },
  ];
  vi.stubEnv('ENVIRONMENTS', JSON.stringify(list));
  running = await startEmbeddedDatabase();
});
afterAll(async () => {
  clearInterval(globalThis.jitpConsoleSweepSchedule);
  await sandbox.close();
  await running[Symbol.asyncDispose]();
  vi.unstubAllEnvs();
});

const began = new Date('2026-11-22T10:00:00Z');
const hoursLater = (hours: number) => new Date(began.getTime() + hours * 3_600_000);
const daily = { id: 'lab', sweepEveryHours: 24 };
const ada = { id: 'o1', name: 'Ada' };

describe('a scheduled sweep', () => {
  it('is due at first, then so long after the last one began, and never where nobody asked for it', async () => {
    expect(await isSweepDue({ id: 'lab', sweepEveryHours: undefined }, began)).toBe(false);
    expect(await isSweepDue(daily, began)).toBe(true);
    const lease = { environment: 'lab', id: crypto.randomUUID(), holder: 'one' };
    await beginSweep({ ...lease, scope: 'registered-cas', startedBy: ada }, began);
    expect(await isSweepDue(daily, hoursLater(48))).toBe(false);
    await cancelSweep('lab', lease.id, hoursLater(1));
    expect(await isSweepDue(daily, hoursLater(23))).toBe(false);
    expect(await isSweepDue(daily, hoursLater(24))).toBe(true);
    expect(await isSweepDue({ ...daily, id: 'other' }, began)).toBe(true);
  });

  it('waits while somebody’s sweep of the account runs, and is due as if there had been none', async () => {
    const environment = 'listed';
    const due = { id: environment, sweepEveryHours: 24 };
    const lease = { environment, id: crypto.randomUUID(), holder: 'one' };
    await beginSweep({ ...lease, scope: 'account', startedBy: ada }, began);
    expect(await isSweepDue(due, hoursLater(1))).toBe(false);
    await cancelSweep(environment, lease.id, hoursLater(1));
    expect(await isSweepDue(due, hoursLater(1))).toBe(true);
  });

  it('begins by itself and is audited; one of a process that ended is gone on with at once', async () => {
    const id = crypto.randomUUID();
    const holder = 'a dead one';
    const scope = 'registered-cas' as const;
    await beginSweep({ environment: 'killed', id, holder, scope, startedBy: ada }, new Date());
    startSweepSchedule();
    await vi.waitFor(
      async () => {
        expect(await lastSweeps('killed', 2)).toMatchObject([{ id, state: 'done', startedByName: 'Ada' }]);
        expect(await lastSweeps('due', 2)).toMatchObject([{ state: 'done', startedByName: null }]);
      },
      { timeout: 20_000, interval: 100 },
    );
    expect(await lastSweeps('by-hand', 1)).toEqual([]);
    const { acts } = await listActs({}, { before: undefined, pageSize: 10 });
    expect(acts).toMatchObject([
      { action: 'sweep.start', actor: undefined, environment: 'due', outcome: 'ok' },
    ]);
  }, 30_000);
});
