/**
 * The loop as a person does it: from the first start's link to a device that publishes, with nothing but the console, its bundle and
 * the lines that it shows.
 */
import path from 'node:path';
import type { BrowserContext, Page } from '@playwright/test';
import {
  createCa,
  expectStep,
  next,
  openWizard,
  proveKey,
  register,
  type SavedCa,
  saveKey,
} from './fixtures/ca-wizard';
import { expect, test } from './fixtures/console-test';
import { type Bundle, issue, unlockCa } from './fixtures/device-form';
import { aws, runLine } from './fixtures/sandbox-clients';

test.use({ story: 'the loop' });
test.describe.configure({ mode: 'serial' });

const PASSPHRASE = 'seven brass lanterns at noon';

let context: BrowserContext;
let page: Page;
let folder: string;
let ca: SavedCa;
let demo: Bundle;

test.beforeAll(async ({ browser, jitp, adminState }, testInfo) => {
  folder = path.join(testInfo.project.outputDir, 'loop');
  context = await browser.newContext({ storageState: adminState, baseURL: jitp.url, acceptDownloads: true });
  page = await context.newPage();
});
test.afterAll(() => context.close());

test('a CA is made in the browser, its key saved and opened again, and registered with a template', async ({
  jitp,
}) => {
  await openWizard(page);
  await createCa(page, {
    commonName: 'Loop CA',
    organization: 'Example',
    country: 'DE',
    algorithm: 'ECDSA P-256',
  });
  ca = await saveKey(page, PASSPHRASE, folder);
  await proveKey(page, ca, PASSPHRASE);
  await next(page);
  await expectStep(page, 'Registration mode');
  await expect(page.getByRole('radio', { name: /DEFAULT, with proof/ })).toBeChecked();
  await next(page);
  await expectStep(page, 'Provisioning template');
  await expect(page.getByRole('radio', { name: /Scoped policy/ })).toBeChecked();
  await next(page);
  await expectStep(page, 'Provisioning role');
  await expect(page.getByLabel('Name of the role')).toHaveValue('JITPRole');
  await next(page);
  await register(page);
  await page.getByRole('link', { name: 'Open the CA' }).click();
  await expect(page).toHaveURL(/certificate-authorities\/[0-9a-f]{64}/);
  await expect(page.getByText('Active', { exact: true }).first()).toBeVisible();

  const { certificates } = await aws(jitp, ['iot', 'list-ca-certificates']);
  expect(certificates).toMatchObject([{ status: 'ACTIVE' }]);
  const { Role } = await aws(jitp, ['iam', 'get-role', '--role-name', 'JITPRole']);
  expect(JSON.stringify(Role)).toContain('iot.amazonaws.com');
});

test('the saved key is what OpenSSL calls an encrypted key of this CA', async () => {
  const shown = await runLine(
    `openssl pkey -in '${ca.keyFile}' -passin 'pass:${PASSPHRASE}' -pubout && openssl x509 -in '${ca.certificateFile}' -noout -pubkey`,
    folder,
  );
  const [fromKey, fromCertificate] = shown.output.split(/(?<=-----END PUBLIC KEY-----\n)/);
  expect(fromKey).toContain('BEGIN PUBLIC KEY');
  expect(fromCertificate).toBe(fromKey);
});
