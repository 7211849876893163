/**
 * Templates that AWS keeps by name: saved, compared, put in force, attached, rolled back, turned into a CA's own text and back, and
 * deleted, with real devices that are provisioned by whichever version is in force.
 */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { type BrowserContext, expect, type Locator, type Page } from '@playwright/test';
import { publishedConfig } from './fixtures/article';
import { provisionArticleDevice, ROLE_ARN, registerArticleCa } from './fixtures/article-fleet';
import type { RunningConsole } from './fixtures/running-console';
import { aws } from './fixtures/sandbox-clients';
import { contextOf, test } from './walk/walk-test';

test.describe.configure({ mode: 'serial' });

const NAME = 'Library_Fleet';
const OTHER_NAME = 'Library_Again';

/** AWS's published config for this account and Region; `version` is an attribute that each device gets. */
const config = (version: string): string =>
  publishedConfig('jitp-scoped.json')
    .replaceAll('<ACCOUNT_ID>', '123456789012')
    .replaceAll('us-east-2', 'us-east-1')
    .replace('\\"v1\\"', `\\"${version}\\"`);
const bodyOf = (version: string): string => JSON.parse(config(version)).templateBody;

let context: BrowserContext;
let page: Page;
let running: RunningConsole;
let folder: string;
let caId: string;

test.beforeAll(async ({ browser, walk }, testInfo) => {
  running = { ...walk.console, sandboxApi: walk.api };
  folder = path.join(testInfo.project.outputDir, 'template-library');
  mkdirSync(folder, { recursive: true });
  context = await contextOf(browser, walk, 'security-admin', { acceptDownloads: true });
  page = await context.newPage();

  caId = await registerArticleCa(running, folder);
});
test.afterAll(() => context.close());

const describeTemplate = (name: string) =>
  aws(running, ['iot', 'describe-provisioning-template', '--template-name', name]);
const registrationConfig = async () =>
  (await aws(running, ['iot', 'describe-ca-certificate', '--certificate-id', caId])).registrationConfig;

async function importText(text: string) {
  await page.goto('/e/sandbox/templates');
  await openBy('Import');
  await page.getByLabel('Template or registration config').fill(text);
  await expect(page.getByText('Understood as: registration config.')).toBeVisible();
  await page.getByRole('button', { name: 'Continue' }).click();
  return page.getByRole('alertdialog', { name: 'Save the template' });
}

/** Presses a button of the page until its dialog is there: before the page's script has come, nothing hears it. */
async function openBy(button: string): Promise<Locator> {
  const dialog = page.getByRole('alertdialog').or(page.getByRole('dialog'));
  await expect(async () => {
    if (await dialog.isHidden())
      await page.getByRole('button', { name: button }).first().click({ timeout: 2000 });
    await expect(dialog).toBeVisible({ timeout: 2000 });
  }).toPass();
  return dialog;
}

async function openMenu(button: string, act: string): Promise<void> {
  const entry = page.getByRole('menuitem', { name: act });
  await expect(async () => {
    if (await entry.isHidden()) await page.getByRole('button', { name: button }).click({ timeout: 2000 });
    await expect(entry).toBeVisible({ timeout: 2000 });
  }).toPass();
  await entry.click();
}

async function openActions(version: number, act: string) {
  await openMenu(`Actions on version ${version}`, act);
  return page.getByRole('alertdialog');
}

const provision = (thing: string) => provisionArticleDevice(running, folder, thing);

test('a registration config is imported and saved as a template of type JITP', async () => {
  const dialog = await importText(config('v1'));
  await dialog.getByLabel('Name', { exact: true }).fill(NAME);
  await expect(dialog.getByLabel('ARN of the role')).toHaveValue(ROLE_ARN);
  await dialog.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page).toHaveURL(new RegExp(`/templates/${NAME}$`));
  await expect(page.getByText('No CA names this template, so it provisions nobody yet.')).toBeVisible();
  expect(await describeTemplate(NAME)).toMatchObject({
    type: 'JITP',
    enabled: true,
    provisioningRoleArn: ROLE_ARN,
    templateBody: bodyOf('v1'),
  });
});

test('a new version says what devices get differently before it is saved, and is not in force yet', async () => {
  const dialog = await importText(config('v2'));
  await dialog.getByText('New version', { exact: true }).click();
  await dialog.getByRole('button', { name: /Choose a template/ }).click();
  await page.getByRole('option', { name: NAME }).click();
  await expect(dialog.getByText('Attribute version')).toBeVisible();
  await expect(dialog.getByText('1 thing that a device gets differently')).toBeVisible();
  await dialog.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('row', { name: /Version 2/ })).toBeVisible();
  expect(await describeTemplate(NAME)).toMatchObject({ defaultVersionId: 1 });

  await page.getByRole('tab', { name: 'Compare' }).click();
  const changes = page.getByRole('region', { name: '1 thing that a device gets differently' });
  await expect(changes).toContainText('Attribute version');
  await expect(changes).toContainText('v1');
  await page.getByText('Compare the texts line by line').click();
  await expect(page.getByRole('figure', { name: 'Template' }).getByRole('row')).not.toHaveCount(0);
});

test('a version is put in force, attached to a CA by name, and provisions a device', async () => {
  await page.goto(`/e/sandbox/templates/${NAME}`);
  const dialog = await openActions(2, 'Put in force');
  await expect(dialog).toContainText('provisioned with version 2 instead of version 1');
  await dialog.getByRole('button', { name: 'Put in force' }).click();
  await expect(page.getByRole('row', { name: /Version 2 In force/ })).toBeVisible();

  await page.goto(`/e/sandbox/certificate-authorities/${caId}`);
  const attach = await openBy('Attach a template');
  await attach.getByText('A named template', { exact: true }).click();
  await attach.getByRole('button', { name: /Choose a template/ }).click();
  await page.getByRole('option', { name: NAME }).click();
  await attach.getByRole('button', { name: 'Attach a template' }).click();
  await expect(page.getByRole('link', { name: NAME })).toBeVisible();
  expect(await registrationConfig()).toMatchObject({ templateName: NAME });

  expect(await provision('PressOne')).toMatchObject({ version: 'v2', country: 'IN' });
});

test('a roll-back gives the next device what the first version gives', async () => {
  await page.goto(`/e/sandbox/templates/${NAME}`);
  const dialog = await openActions(1, 'Put in force');
  await dialog.getByRole('button', { name: 'Put in force' }).click();
  await expect(page.getByRole('row', { name: /Version 1 In force/ })).toBeVisible();
  expect(await provision('PressTwo')).toMatchObject({ version: 'v1' });
});

test('the CA gets the text itself, and a named template is made of it again', async () => {
  await page.goto(`/e/sandbox/certificate-authorities/${caId}`);
  const inline = await openBy('Put the text on the CA');
  await inline.getByRole('button', { name: 'Put the text on the CA' }).click();
  await expect(page.getByRole('button', { name: 'Make it a named template' })).toBeVisible();
  expect(await registrationConfig()).toMatchObject({ templateBody: bodyOf('v1'), roleArn: ROLE_ARN });

  const named = await openBy('Make it a named template');
  await named.getByLabel('Name of the template').fill(OTHER_NAME);
  await named.getByRole('button', { name: 'Make it a named template' }).click();
  await expect(page.getByRole('link', { name: OTHER_NAME })).toBeVisible();
  expect(await registrationConfig()).toMatchObject({ templateName: OTHER_NAME });
  expect(await describeTemplate(OTHER_NAME)).toMatchObject({ type: 'JITP', templateBody: bodyOf('v1') });
  expect(await provision('PressThree')).toMatchObject({ version: 'v1' });
});

test('a deletion names the CAs, gives each of them the text first, and wants the name typed', async () => {
  await page.goto(`/e/sandbox/templates/${OTHER_NAME}`);
  await openMenu('More', 'Delete');
  const dialog = page.getByRole('alertdialog');
  await expect(dialog).toContainText('1 CA names it.');
  await expect(dialog.getByRole('listitem').filter({ hasText: 'Put the text on the CA' })).toHaveCount(1);
  const confirm = dialog.getByRole('button', { name: 'Delete', exact: true });
  await expect(confirm).toBeDisabled();
  await dialog.getByRole('textbox').fill(OTHER_NAME);
  await confirm.click();
  await expect(page).toHaveURL(/\/templates$/);
  await expect(page.getByRole('link', { name: NAME })).toBeVisible();
  await expect(page.getByRole('link', { name: OTHER_NAME })).toHaveCount(0);
  expect(await registrationConfig()).toMatchObject({ templateBody: bodyOf('v1') });
  expect(await provision('PressFour')).toMatchObject({ version: 'v1' });
});

test('support reads templates and versions, and changes nothing', async ({ browser, walk }) => {
  const support = await contextOf(browser, walk, 'support');
  const reading = await support.newPage();
  await reading.goto('/e/sandbox/templates');
  await reading.getByRole('link', { name: NAME }).click();
  await expect(reading.getByRole('row', { name: /Version 2/ })).toBeVisible();
  await expect(reading.getByRole('tab', { name: 'Compare' })).toBeVisible();
  for (const name of ['More', 'Actions on version 1', 'Actions on version 2']) {
    await expect(reading.getByRole('button', { name })).toHaveCount(0);
  }
  await reading.goto('/e/sandbox/templates');
  await expect(reading.getByRole('button', { name: 'Import' })).toHaveCount(0);
  await support.close();
});
