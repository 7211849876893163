/**
 * `npm run soak [-- --seed N --kills N --connections N]`: kills the sandbox under load again and again, then holds thousands of idle TLS
 * connections. The seeds are printed, so that a failure can be had again.
 * @module
 */
import { randomInt } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { IdleConnections } from '@/lib/sandbox/testing/idle-connections';
import { KillRounds } from '@/lib/sandbox/testing/kill-rounds';
import { SandboxProcess } from '@/lib/sandbox/testing/sandbox-process';
import { descriptorsMax } from './descriptors';

/** Descriptors that a process needs besides its connections. */
const OTHER_DESCRIPTORS = 200;
const IDLE_SECONDS = 30;

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    kills: { type: 'string', default: '50' },
    connections: { type: 'string', default: '10000' },
  },
});
const firstSeed = Number(values.seed ?? randomInt(1_000_000));
const kills = Number(values.kills);
const wanted = Number(values.connections);

const bundle = path.resolve('dist/sandbox.mjs');
const directory = await mkdtemp(path.join(tmpdir(), 'soak-'));
let failures = 0;
try {
  await soakKills();
  await soakConnections();
} finally {
  await rm(directory, { recursive: true, force: true });
}
console.log(failures === 0 ? 'Nothing was lost.' : `${failures} failures, see above.`);
process.exitCode = failures === 0 ? 0 : 1;

async function soakKills(): Promise<void> {
  console.log(
    `${kills} kills under load, seeds ${firstSeed} to ${firstSeed + kills - 1}; to repeat: --seed ${firstSeed}`,
  );
  const rounds = new KillRounds(bundle, path.join(directory, 'killed'));
  let acknowledged = 0;
  let compacting = 0;
  for (let seed = firstSeed; seed < firstSeed + kills; seed += 1) {
    const report = await rounds.kill(seed);
    acknowledged += report.acknowledged;
    compacting += Number(report.wasCompacting);
    failures += report.faults.length;
    for (const fault of report.faults) console.log(`seed ${seed}: ${fault}`);
  }
  console.log(
    `${acknowledged} acknowledged changes were looked for after ${kills} kills, ${compacting} of which came while the journal was being compacted.`,
  );
}

async function soakConnections(): Promise<void> {
  const allowed = descriptorsMax();
  const count = Math.min(wanted, (allowed ?? Number.POSITIVE_INFINITY) - OTHER_DESCRIPTORS);
  if (count < wanted) {
    failures += 1;
    console.log(
      `This machine allows ${allowed} open files per process, so ${count} connections are tried and not ${wanted}. Raise the hard limit (ulimit -Hn) for all of them.`,
    );
  }
  const sandbox = new SandboxProcess(bundle, { SANDBOX_DATA_DIR: ':memory:' });
  try {
    const { api, mqtt, caFile } = await sandbox.ready();
    using idle = new IdleConnections();
    const before = sandbox.memory();
    const startedAt = performance.now();
    await idle.open({ api, mqttPort: mqtt.port, caFile }, count);
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(0);
    const memory = sandbox.memory();
    console.log(
      `${count} TLS connections opened in ${seconds} s; the sandbox went from ${before?.residentMb} MB to ${memory?.residentMb} MB.`,
    );
    await wait(IDLE_SECONDS * 1000);
    const health = await fetch(`${api}/_sandbox/health`);
    const report = await idle.check();
    console.log(
      `After ${IDLE_SECONDS} s of silence ${report.connected} are open and ${report.usable} usable.`,
    );
    if (report.usable !== count || !health.ok) {
      failures += 1;
      console.log(`Not all connections could be used: ${report.refusal ?? 'no reason given'}`);
    }
  } finally {
    await sandbox.end('SIGKILL');
  }
}
