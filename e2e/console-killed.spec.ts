/** The console's processes are killed under a page that is issuing a batch, and started again on what they left. The output is the download. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { strFromU8, unzipSync } from 'fflate';
import { expect, setUpAdmin, test } from './fixtures/console-test';
import { unlockCa } from './fixtures/device-form';
import { ledgerRows } from './fixtures/ledger-rows';
import { registerRehearsalCa } from './fixtures/rehearsal';
import { disposeConsole, freePort, type RunningConsole, startConsole } from './fixtures/running-console';
import { runLine } from './fixtures/sandbox-clients';

const DEVICES = 1000;
/** The request for rows under which the console dies; it has four of them to answer. */
const KILLED_UNDER = 3;

let running: RunningConsole;
test.beforeAll(async () => {
  running = await startConsole({ env: { PORT: String(await freePort()) } });
});
test.afterAll(() => disposeConsole(running));

test('a batch waits for a console that was killed, and goes on where it was', async ({
  browser,
}, testInfo) => {
  test.setTimeout(300_000);
  const folder = path.join(testInfo.project.outputDir, 'console-killed');
  const caId = await registerRehearsalCa(running, folder, 'Killed');
  const context = await browser.newContext({ baseURL: running.url, acceptDownloads: true });
  const page = await context.newPage();
  await setUpAdmin(page, running);

  await page.goto(`/e/sandbox/devices/issue-batch?ca=${caId}`);
  await unlockCa(page, path.join(folder, 'ca.key'));
  await page.getByRole('radio', { name: 'A pattern of names' }).check({ force: true });
  await page.getByLabel('Pattern of the common names').fill(`gauge-{0001..${DEVICES}}`);
  await expect(page.getByText('No name is taken in the ledger.')).toBeVisible({ timeout: 30_000 });

  const [list, overview] = [await context.newPage(), await context.newPage()];
  await list.goto('/e/sandbox/certificate-authorities');
  await expect(list.getByRole('link', { name: 'Killed', exact: true })).toBeVisible();
  await overview.goto('/e/sandbox/devices/overview');
  await expect(overview.getByRole('button', { name: 'Start a sweep' })).toBeVisible();

  let asked = 0;
  const killed = new Promise<() => Promise<RunningConsole>>((resolve, reject) => {
    void page.route('**/batches/reserve', async (route) => {
      asked += 1;
      const sent = route.continue();
      // The request is on its way: whether its rows were written is for nobody to know.
      if (asked === KILLED_UNDER) running.kill().then(resolve, reject);
      await sent;
    });
  });
  const downloading = page.waitForEvent('download', { timeout: 180_000 });
  await page.getByRole('button', { name: 'Issue 1,000 devices' }).click();
  await expect(page.getByText(/asks again within/)).toBeVisible({ timeout: 60_000 });
  const restart = await killed;

  // Whatever is pressed meanwhile, nothing of what is on a page goes away.
  const away = (of: Page) => of.getByText(/^The console did not answer/).first();
  await list.getByRole('button', { name: 'Refresh' }).click();
  await expect(away(list)).toBeVisible();
  await expect(list.getByRole('link', { name: 'Killed', exact: true })).toBeVisible();
  await overview.getByRole('button', { name: 'Start a sweep' }).click();
  await expect(overview.getByRole('alert').filter({ hasText: 'The console did not answer.' })).toBeVisible();
  await page.getByRole('button', { name: /^Language/ }).click();
  await page.getByRole('menuitemradio', { name: '日本語' }).click();
  await expect(away(page)).toBeVisible();
  await expect(page.getByText(/asks again within/)).toBeVisible();

  // The page asks again by itself.
  running = await restart();
  const zip = path.join(folder, 'batch.zip');
  await (await downloading).saveAs(zip);

  // It is killed once more while it is told that the archive is there, and the page is closed over that.
  const restartAgain = await running.kill();
  await page.getByRole('button', { name: 'I have the archive' }).click();
  await expect(page.getByText("The console's server does not answer.")).toBeVisible({ timeout: 30_000 });
  await page.close();
  running = await restartAgain();
  const next = await context.newPage();
  await next.goto(`/e/sandbox/devices/issue-batch?ca=${caId}`);
  await expect(next.getByText('A batch whose end was interrupted is finished.')).toBeVisible({
    timeout: 60_000,
  });
  await next.goto('/e/sandbox/devices/batches');
  await expect(next.getByRole('row').filter({ hasText: 'Delivered' })).toHaveCount(1);

  const files = Object.entries(unzipSync(readFileSync(zip)));
  const manifest = strFromU8(files.find(([name]) => name === 'manifest.jsonl')?.[1] ?? new Uint8Array());
  const lines: { commonName: string; certificateId: string }[] = manifest
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(new Set(lines.map(({ commonName }) => commonName)).size).toBe(DEVICES);
  const rows = await ledgerRows(next);
  expect(rows).toHaveLength(DEVICES);
  expect(new Set(rows)).toEqual(
    new Set(lines.map((line) => `${line.commonName} ${line.certificateId} delivered`)),
  );
  const leaves = files.filter(([name]) => /[0-9a-f]\.crt$/.test(name));
  for (const [index, [, bytes]] of leaves.entries()) writeFileSync(path.join(folder, `${index}.crt`), bytes);
  const verified = await runLine(`openssl verify -CAfile ca.pem [0-9]*.crt | grep -c ': OK$'`, folder);
  expect(verified.output).toBe(`${DEVICES}\n`);

  await context.close();
});
