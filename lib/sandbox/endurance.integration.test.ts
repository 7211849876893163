import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { IdleConnections } from './testing/idle-connections';
import { KillRounds } from './testing/kill-rounds';
import { bundleSandbox, SandboxProcess } from './testing/sandbox-process';

let directory: string;
let bundle: string;
let rounds: KillRounds;

beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'endurance-'));
  bundle = path.join(directory, 'sandbox.mjs');
  await bundleSandbox(bundle);
  rounds = new KillRounds(bundle, path.join(directory, 'killed'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

describe('kill -9 under load', () => {
  let compacting = 0;

  it.each([101, 202, 303, 404, 505])(
    'loses nothing acknowledged and leaves nothing half-done (seed %i)',
    async (seed) => {
      const { acknowledged, faults, wasCompacting } = await rounds.kill(seed);
      expect(faults).toEqual([]);
      expect(acknowledged).toBeGreaterThan(10);
      compacting += Number(wasCompacting);
    },
  );

  it('has come while the journal was being compacted', () => {
    expect(compacting).toBeGreaterThan(0);
  });
});

it('500 idle connections stay usable, and the API answers meanwhile', async () => {
  const sandbox = new SandboxProcess(bundle, { SANDBOX_DATA_DIR: ':memory:' });
  try {
    const { api, mqtt, caFile } = await sandbox.ready();
    using idle = new IdleConnections();
    await idle.open({ api, mqttPort: mqtt.port, caFile }, 500);
    const { clients } = (await (await fetch(`${api}/_sandbox/clients`)).json()) as { clients: unknown[] };
    expect(clients).toHaveLength(500);
    expect(await idle.check()).toEqual({ connected: 500, usable: 500, refusal: undefined });
  } finally {
    await sandbox.end('SIGKILL');
  }
});
