/**
 * `npm run bench -- issue`: devices per second of a batch in headless Chromium, with certificate, chain, PEM, archive and checkpoint, in
 * turn with the steps of AWS's article by OpenSSL in a shell, and with WebCrypto alone, which is the ceiling of any page. Then the
 * page's memory over a large batch, as a file and as a download. No server takes part: how fast a ledger takes rows is another question.
 * `--rounds N` (5), `--devices N` (40000, of P-256), `--large N` (100000; 0 leaves it out), `--quick` (few of all: shows that it runs).
 * @module
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { chromium, type Page } from '@playwright/test';
import { chromiumPath } from '@/scripts/testing/tools.mjs';
import { archiveRate } from './archive-rate';
import type { CeilingRequest } from './ceiling.worker';
import { checkArchive } from './check-archive';
import type { Issued, IssueRequest } from './issue-page';
import { measured } from './measure-browser';
import { type Case, type Large, type Round, report } from './report';
import { servePage } from './serve-page';
import { Shell } from './shell';

const { values } = parseArgs({
  args: process.argv.slice(3),
  options: {
    rounds: { type: 'string' },
    devices: { type: 'string' },
    large: { type: 'string' },
    quick: { type: 'boolean', default: false },
  },
});
const rounds = Number(values.rounds ?? (values.quick ? 1 : 5));
const devices = Number(values.devices ?? (values.quick ? 1000 : 40_000));
const large = Number(values.large ?? (values.quick ? 5000 : 100_000));
// How long an RSA key takes is chance: a few of them say little.
const [rsaDevices, rsaShellDevices] = values.quick ? [10, 4] : [120, 40];
const cases: Case[] = [
  {
    algorithm: 'P-256',
    devices,
    ceilingDevices: devices,
    shellDevices: values.quick ? 10 : 60,
    processes: 1,
  },
  {
    algorithm: 'RSA-2048',
    devices: rsaDevices,
    ceilingDevices: rsaDevices,
    shellDevices: rsaShellDevices,
    processes: 1,
  },
  {
    algorithm: 'RSA-2048',
    devices: 2 * rsaDevices,
    ceilingDevices: rsaDevices,
    shellDevices: rsaShellDevices,
    processes: 2,
  },
];

const served = await servePage();
const profile = mkdtempSync(path.join(tmpdir(), 'bench-issue-profile-'));
// With a profile on disk: the browser's own file system is in memory without one.
const browser = await chromium.launchPersistentContext(profile, {
  executablePath: chromiumPath() ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-dev-shm-usage'],
  acceptDownloads: true,
});
try {
  const tab = await browser.newPage();
  await tab.goto(served.url);
  await tab.waitForFunction(() => 'bench' in globalThis);
  const session = await browser.browser()?.newBrowserCDPSession();
  if (session === undefined) throw new Error('no browser to measure');

  const measurements: { of: Case; rounds: Round[] }[] = cases.map((of) => ({ of, rounds: [] }));
  for (let round = 0; round < rounds; round += 1) {
    for (const { of, rounds: taken } of measurements) {
      using shell = new Shell(of.algorithm);
      const shellPerSecond = shell.issue(of.shellDevices);
      const ceiling = await measured(session, () => ceilingOf(tab, of));
      const ours = await measured(session, () => issue(tab, { ...of, output: 'file' }));
      taken.push({
        shellPerSecond,
        ceilingPerSecond: ceiling.value,
        ceilingCpuMs: (ceiling.use.cpuSeconds * 1000) / of.ceilingDevices,
        oursPerSecond: ours.value.devicesPerSecond,
        oursCpuMs: (ours.use.cpuSeconds * 1000) / of.devices,
      });
      await check(tab, of.devices);
    }
  }
  const largeOnes: Large[] = [];
  for (const output of large > 0 ? (['file', 'download'] as const) : []) {
    const { value, use } = await measured(session, () =>
      issue(tab, { algorithm: 'P-256', devices: large, processes: 1, output }),
    );
    largeOnes.push({ output, devices: large, ...value, pageBytesMax: use.pageBytesMax });
  }
  const result = {
    processors: availableParallelism(),
    browser: browser.browser()?.version(),
    measurements,
    large: largeOnes,
    archivePerSecond: archiveRate(),
  };
  report(result);
  const file = path.resolve('.data/bench/issue.json');
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(result, null, 2)}\n`);
  console.log(`The numbers are in ${file}.`);
} finally {
  await browser.close();
  served.close();
  rmSync(profile, { recursive: true, force: true });
}

function ceilingOf(tab: Page, { algorithm, ceilingDevices }: Case): Promise<number> {
  const request: CeilingRequest = { algorithm, devices: ceilingDevices };
  return tab.evaluate((given) => Reflect.get(globalThis, 'bench').ceiling(given), request);
}

function issue(tab: Page, { algorithm, devices: count, processes, output }: IssueRequest): Promise<Issued> {
  const request: IssueRequest = { algorithm, devices: count, processes, output };
  return tab.evaluate((given) => Reflect.get(globalThis, 'bench').issue(given), request);
}

async function check(tab: Page, count: number): Promise<void> {
  const [download] = await Promise.all([
    tab.waitForEvent('download'),
    tab.evaluate(() => Reflect.get(globalThis, 'bench').saveArchive()),
  ]);
  checkArchive(await download.path(), count);
  await download.delete();
}
