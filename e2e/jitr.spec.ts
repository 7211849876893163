/**
 * Just-in-time registration from the console: deployed, at work on devices that connect with mosquitto, put right after somebody has
 * changed the account, and removed.
 */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { type BrowserContext, expect, type Locator, type Page } from '@playwright/test';
import { makeArticleDevice, publishLine } from './fixtures/article';
import { provisionArticleDevice, registerArticleCa } from './fixtures/article-fleet';
import type { RunningConsole } from './fixtures/running-console';
import { aws, runLine } from './fixtures/sandbox-clients';
import { contextOf, test } from './walk/walk-test';

test.describe.configure({ mode: 'serial' });

let context: BrowserContext;
let page: Page;
let running: RunningConsole;
let folder: string;
let caId: string;

test.beforeAll(async ({ browser, walk }, testInfo) => {
  running = { ...walk.console, sandboxApi: walk.api };
  folder = path.join(testInfo.project.outputDir, 'jitr');
  mkdirSync(folder, { recursive: true });
  context = await contextOf(browser, walk, 'security-admin');
  page = await context.newPage();
  caId = await registerArticleCa(running, folder);
});
test.afterAll(() => context.close());

const setUpName = () => `jitr_${caId.slice(0, 12)}`;

/** Presses a button until its dialog is there: before the page's script has come, nothing hears it. */
async function openBy(button: string): Promise<Locator> {
  const dialog = page.getByRole('dialog');
  await expect(async () => {
    if (await dialog.isHidden())
      await page.getByRole('button', { name: button }).first().click({ timeout: 2000 });
    await expect(dialog).toBeVisible({ timeout: 2000 });
  }).toPass();
  return dialog;
}

test('a set-up is deployed from the page of its CA, call by call', async () => {
  await page.goto(`/e/sandbox/certificate-authorities/${caId}`);
  await page.getByRole('link', { name: 'Set up just-in-time registration' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Just-in-time registration' })).toBeVisible();
  await expect(page.getByText('Nothing of this set-up is deployed.')).toBeVisible();

  await expect(async () => {
    await page.getByLabel(/^Common name/).fill('pump-*');
    await page.getByLabel(/^Attributes/).fill(`country=\${Country}`);
    // The text of the function follows what is typed once the page's script has come.
    await expect(page.getByText('"pump-*"')).toBeVisible({ timeout: 1000 });
  }).toPass();
  const dialog = await openBy('Deploy…');
  await expect(dialog.getByRole('listitem')).toHaveCount(5);
  await dialog.getByText('View as CLI', { exact: true }).last().click();
  await expect(dialog.getByText('aws iot create-topic-rule')).toBeVisible();
  await dialog.getByRole('button', { name: 'Deploy', exact: true }).click();
  await expect(page.getByText('Just-in-time registration is deployed.')).toBeVisible({ timeout: 20_000 });
  await expect(page.getByText('At work')).toBeVisible();
  await expect(page.getByText('Made by this console')).toBeVisible();
});

test('a device that passes gets its thing and is let in; one that does not stays out', async () => {
  expect(await provisionArticleDevice(running, folder, 'pump-e2e')).toEqual({ country: 'IN' });

  await makeArticleDevice(folder, 'valve-e2e');
  const line = publishLine({
    certificate: 'deviceCertAndCACert.crt',
    topic: 'valve-e2e/test',
    clientId: 'valve-e2e',
    port: running.sandboxMqttPort,
  });
  expect((await runLine(line, folder)).output).toMatch(/The connection was lost/);
  const fingerprint = await runLine('openssl x509 -in deviceCert.crt -noout -fingerprint -sha256', folder);
  const certificateId = fingerprint.output.split('=')[1]?.trim().replaceAll(':', '').toLowerCase() ?? '';
  const events = await fetch(
    `${running.sandboxApi}/_sandbox/events?code=lambda-log&certificateId=${certificateId}&waitMs=15000`,
  );
  expect(await events.text()).toContain('common-name-differs');
  const { certificateDescription } = await aws(running, [
    ...['iot', 'describe-certificate', '--certificate-id', certificateId],
  ]);
  expect(certificateDescription.status).toBe('PENDING_ACTIVATION');
});

test('what somebody has changed in the account is shown, and put right', async () => {
  await aws(running, [
    ...['lambda', 'remove-permission', '--function-name', setUpName(), '--statement-id', setUpName()],
  ]);
  await page.reload();
  await expect(page.getByText('The rule may not invoke the function: devices stay pending')).toBeVisible();
  const dialog = await openBy('Update…');
  await dialog.getByRole('button', { name: 'Deploy', exact: true }).click();
  await expect(page.getByText('At work')).toBeVisible({ timeout: 20_000 });
});

test('it is removed, and its devices stay', async () => {
  const dialog = await openBy('Remove…');
  await dialog.getByRole('button', { name: 'Remove', exact: true }).click();
  await expect(page.getByText('Just-in-time registration is removed.')).toBeVisible({ timeout: 20_000 });
  await expect(page.getByText('Not deployed')).toBeVisible();
  const { attributes } = await aws(running, ['iot', 'describe-thing', '--thing-name', 'pump-e2e']);
  expect(attributes).toEqual({ country: 'IN' });
});
