/**
 * `npm run bench -- sandbox`: the sandbox as its own process beside a plain `node:http` server and a bare `node:tls` server.
 * `--things N` (100 000), `--rounds N` (5), `--quick` (few of everything: shows that it runs, measures nothing), `--only NAME`,
 * `--profile DIRECTORY` (a CPU profile of the sandbox).
 * @module
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { SandboxProcess } from '@/lib/sandbox/testing/sandbox-process';
import { benchJitp } from './jitp';
import { populate } from './populate';
import { type Limit, type Row, report } from './report';
import { benchRest } from './rest';
import { Worker } from './worker';

const { values } = parseArgs({
  args: process.argv.slice(3),
  options: {
    things: { type: 'string' },
    rounds: { type: 'string' },
    quick: { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
    profile: { type: 'string' },
  },
});
const things = Number(values.things ?? (values.quick ? 2000 : 100_000));
const rounds = Number(values.rounds ?? (values.quick ? 1 : 5));
const durationMs = values.quick ? 300 : 2000;

const RESIDENT_MB_MAX = 1024;
const RESTART_SECONDS_MAX = 10;

const bundle = path.resolve('dist/sandbox.mjs');
const directory = await mkdtemp(path.join(tmpdir(), 'bench-sandbox-'));
const env = { SANDBOX_DATA_DIR: path.join(directory, 'data'), SANDBOX_PROVISIONING_DELAY_MS: '0' };
const execArgv = values.profile ? ['--cpu-prof', `--cpu-prof-dir=${values.profile}`] : [];
let sandbox = new SandboxProcess(bundle, env);
try {
  const rows: Row[] = [];
  const limits: Limit[] = [];
  using load = new Worker('http-load');
  const first = await sandbox.ready();
  console.log(`Making ${things.toLocaleString('en')} things with certificates and policies …`);
  const populating = performance.now();
  await populate({ api: first.api, load, things });
  console.log(
    `… in ${((performance.now() - populating) / 1000).toFixed(0)} s, ${JSON.stringify(sandbox.memory())}`,
  );
  await sandbox.end('SIGKILL');

  const restarted = performance.now();
  sandbox = new SandboxProcess(bundle, env, execArgv);
  const { api, mqtt } = await sandbox.ready();
  const restartSeconds = (performance.now() - restarted) / 1000;
  limits.push({ name: 'restart', unit: 's', value: restartSeconds, atMost: RESTART_SECONDS_MAX });

  rows.push(...(await benchRest({ api, things, rounds, durationMs, load, only: values.only })));
  if ('jitp'.includes(values.only.toLowerCase())) {
    const devices = values.quick ? 40 : 400;
    rows.push(...(await benchJitp({ api, mqttPort: mqtt.port, rounds, devices })));
  }
  limits.push({
    name: 'memory, at its highest',
    unit: 'MB',
    value: sandbox.memory()?.peakMb,
    atMost: RESIDENT_MB_MAX,
  });
  report(path.resolve('.data/bench'), { rows, limits, areGoalsJudged: !values.quick });
} finally {
  await sandbox.end();
  await rm(directory, { recursive: true, force: true });
}
