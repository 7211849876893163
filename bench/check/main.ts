/**
 * `npm run bench -- check`: devices per second of "Check a batch" in headless Chromium over an archive on the disk, the memory of the
 * page meanwhile and its longest pause, beside a script that compares the digests alone and beside OpenSSL in a loop over the same
 * archive. Then how fast files under a passphrase are opened.
 * `--devices N` (100000), `--rounds N` (3), `--quick` (few: shows that it runs).
 * @module
 */
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { chromium, type Page } from '@playwright/test';
import { measured } from '@/bench/issue/measure-browser';
import type { DeviceFormat } from '@/lib/pki/formats/device-format';
import { chromiumPath } from '@/scripts/testing/tools.mjs';
import type { Checked, CheckRequest } from './check-page';
import { makeArchive } from './make-archive';
import { pythonDigests, shellLoop } from './peers';
import { report } from './report';
import { openPage } from './serve-page';

const { values } = parseArgs({
  args: process.argv.slice(3),
  options: {
    devices: { type: 'string' },
    rounds: { type: 'string' },
    quick: { type: 'boolean', default: false },
  },
});
const devices = Number(values.devices ?? (values.quick ? 2000 : 100_000));
const rounds = Number(values.rounds ?? (values.quick ? 1 : 3));
const PASSPHRASE = 'correct horse battery';
const LOCKED: { format: DeviceFormat; devices: number }[] = [
  { format: 'pkcs12', devices: values.quick ? 20 : 1000 },
  { format: 'encrypted-key', devices: values.quick ? 4 : 40 },
];

const directory = mkdtempSync(path.join(tmpdir(), 'bench-check-'));
const browser = await chromium.launch({
  executablePath: chromiumPath() ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-dev-shm-usage'],
});
try {
  const tab = await browser.newPage();
  await openPage(tab);
  const session = await browser.newBrowserCDPSession();

  const archive = path.join(directory, 'batch.zip');
  const caPem = await makeArchive({ file: archive, devices, formats: ['pem'], passphrase: PASSPHRASE });
  writeFileSync(path.join(directory, 'ca.pem'), caPem);
  const taken: (Checked & { python: number; shell: number; pageBytesMax: number | undefined })[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const python = pythonDigests(archive, devices);
    const shell = shellLoop(directory, archive, values.quick ? 5 : 40);
    const { value, use } = await measured(session, () => check(tab, archive, caPem));
    taken.push({ ...value, python, shell, pageBytesMax: use.pageBytesMax });
  }

  const unlocked: Record<string, number> = {};
  for (const { format, devices: count } of LOCKED) {
    const file = path.join(directory, `${format}.zip`);
    const ca = await makeArchive({ file, devices: count, formats: [format], passphrase: PASSPHRASE });
    unlocked[format] = (await check(tab, file, ca)).unlockedPerSecond ?? 0;
  }
  const result = {
    processors: availableParallelism(),
    browser: browser.version(),
    devices,
    archiveBytes: statSync(archive).size,
    rounds: taken,
    unlocked,
  };
  report(result);
  const file = path.resolve('.data/bench/check.json');
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(result, null, 2)}\n`);
  console.log(`The numbers are in ${file}.`);
} finally {
  await browser.close();
  rmSync(directory, { recursive: true, force: true });
}

async function check(tab: Page, archive: string, caPem: string): Promise<Checked> {
  await tab.locator('input').setInputFiles(archive);
  const request: CheckRequest = { caPem, passphrase: PASSPHRASE };
  return tab.evaluate((given) => Reflect.get(globalThis, 'bench').check(given), request);
}
