/**
 * A root that stays offline, an intermediate for one line below it, a device of that line, and its certificate renewed: as a person does
 * it, judged by OpenSSL and by mosquitto.
 */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { BrowserContext, Page } from '@playwright/test';
import {
  createCa,
  expectStep,
  KEY_WORK_TIMEOUT_MS,
  next,
  openWizard,
  proveKey,
  register,
  type SavedCa,
  saveKey,
} from './fixtures/ca-wizard';
import { expect, test } from './fixtures/console-test';
import { type Bundle, issue, unlockCa } from './fixtures/device-form';
import { dropFiles } from './fixtures/file-drop';
import { aws, runLine } from './fixtures/sandbox-clients';

test.use({ story: 'hierarchy' });
test.describe.configure({ mode: 'serial' });

const ROOT_PASSPHRASE = 'nine quiet herons by the weir';
const LINE_PASSPHRASE = 'six copper kettles in a row';

let context: BrowserContext;
let page: Page;
let folder: string;
let line: SavedCa;
let first: Bundle;
let second: Bundle;

test.beforeAll(async ({ browser, jitp, adminState }, testInfo) => {
  folder = path.join(testInfo.project.outputDir, 'hierarchy');
  mkdirSync(folder, { recursive: true });
  context = await browser.newContext({ storageState: adminState, baseURL: jitp.url, acceptDownloads: true });
  page = await context.newPage();
});
test.afterAll(() => context.close());

const file = ({ names }: Bundle, end: string) => names.find((name) => name.endsWith(end)) ?? `no ${end}`;
const leafOf = (bundle: Bundle) => file(bundle, '-chain.crt').replace('-chain', '');

test('an intermediate is signed in the page by a root that OpenSSL made, and registered alone', async ({
  jitp,
}) => {
  await runLine(
    `openssl ecparam -name secp384r1 -genkey -noout | openssl pkcs8 -topk8 -v2 aes-256-cbc -passout 'pass:${ROOT_PASSPHRASE}' -out root.key &&
     openssl req -x509 -new -key root.key -passin 'pass:${ROOT_PASSPHRASE}' -out root.pem -days 3650 -subj '/O=Example/CN=Offline root' -addext keyUsage=critical,keyCertSign,cRLSign`,
    folder,
  );
  await openWizard(page);
  await page.getByRole('radio', { name: /A root that I have/ }).check({ force: true });
  await dropFiles(page, 'Drop the certificate of the CA above here', [
    path.join(folder, 'root.pem'),
    path.join(folder, 'root.key'),
  ]);
  await page.getByLabel('Passphrase of the key file', { exact: true }).fill(ROOT_PASSPHRASE);
  await page.getByRole('button', { name: 'Open the key' }).click();
  await expect(page.getByText('The key above is open.')).toBeVisible({ timeout: KEY_WORK_TIMEOUT_MS });
  await createCa(page, { commonName: 'Line 1 CA', organization: 'Example' });
  line = await saveKey(page, LINE_PASSPHRASE, folder);
  const verified = await runLine(
    `openssl verify -x509_strict -CAfile root.pem '${line.certificateFile}'`,
    folder,
  );
  expect(verified.output).toContain('OK');
  await proveKey(page, line, LINE_PASSPHRASE);
  for (const step of ['Registration mode', 'Provisioning template', 'Provisioning role']) {
    await next(page);
    await expectStep(page, step);
  }
  await next(page);
  await register(page);

  const { certificates } = await aws(jitp, ['iot', 'list-ca-certificates']);
  expect(certificates).toHaveLength(1);
  const id = await runLine(
    `openssl x509 -in '${line.certificateFile}' -outform DER | openssl sha256 -r`,
    folder,
  );
  expect(certificates).toMatchObject([{ certificateId: id.output.slice(0, 64), status: 'ACTIVE' }]);
});

test('its device carries the chain, with the root beside it, and connects', async () => {
  await page.getByRole('link', { name: 'Open the CA' }).click();
  await page.getByRole('main').getByRole('link', { name: 'Issue a device' }).first().click();
  await unlockCa(page, line.keyFile, LINE_PASSPHRASE);
  await page.getByLabel('Common name (CN)').fill('pump-1');
  await page.getByLabel('Country (C)').fill('DE');
  first = await issue(page, folder);
  expect(first.names).toContain('device-ca-root.pem');
  const verified = await runLine(
    `openssl verify -x509_strict -purpose sslclient -CAfile device-ca-root.pem -untrusted '${file(first, '-chain.crt')}' '${leafOf(first)}' && cmp device-ca-root.pem ../root.pem`,
    first.folder,
  );
  expect(verified).toEqual({ code: 0, output: `${leafOf(first)}: OK\n` });

  expect((await runLine(first.lines.firstConnect, first.folder)).output).toContain('connection was lost');
  await expect
    .poll(async () => (await runLine(first.lines.publish, first.folder)).output, { timeout: 15_000 })
    .toContain('received PUBACK');
});

test('its certificate is renewed: bundle first, then in place with the same thing and policies', async ({
  jitp,
}) => {
  await page.getByRole('link', { name: 'Watch its first contact' }).click();
  await page.getByRole('link', { name: 'Replace the certificate' }).click();
  await page.getByRole('link', { name: 'Renew under the same CA' }).click();
  await expect(page.getByLabel('Common name (CN)')).toHaveValue('pump-1');
  second = await issue(page, folder);
  expect(second.manifest.certificateId).not.toBe(first.manifest.certificateId);
  await page.getByRole('link', { name: 'Put it in place' }).click();
  await page.getByRole('button', { name: 'Put it in place' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Put it in place' }).click();
  await expect(page.getByText('In place: the new certificate has what the old one has.')).toBeVisible();
  const parity = page.getByRole('table', { name: 'Old and new certificate compared' });
  await expect(parity.getByText('The same')).toHaveCount(4);

  const { principals } = await aws(jitp, ['iot', 'list-thing-principals', '--thing-name', 'pump-1']);
  expect(principals).toHaveLength(2);
  // AWS knows it before it comes: no connection is dropped.
  expect((await runLine(second.lines.publish, second.folder)).output).toContain('received PUBACK');
  expect((await runLine(first.lines.publish, first.folder)).output).toContain('received PUBACK');
});

test('the old certificate is retired on the person’s word, and the device goes on with the new one', async () => {
  await page.getByRole('button', { name: 'Retire the old certificate' }).click();
  const dialog = page.getByRole('alertdialog');
  const name = dialog.getByRole('textbox');
  if ((await name.count()) > 0) await name.fill('pump-1');
  await dialog.getByRole('button', { name: 'Retire the old certificate' }).click();
  await expect(page.getByText(/^Retired on .* the old certificate is INACTIVE/)).toBeVisible();
  expect((await runLine(first.lines.publish, first.folder)).code).not.toBe(0);
  expect((await runLine(second.lines.publish, second.folder)).output).toContain('received PUBACK');
});

test('whoever would switch the CA off is told whom it hits', async () => {
  await page.goto('/e/sandbox/certificate-authorities');
  await page.getByRole('main').getByRole('link', { name: 'Line 1 CA' }).click();
  await page.getByRole('button', { name: 'Deactivate', exact: true }).click();
  const table = page.getByRole('alertdialog').getByRole('table');
  await expect(table.getByRole('row', { name: /Active in AWS/ })).toContainText('1');
  await expect(table.getByRole('row', { name: /Inactive or revoked/ })).toContainText('1');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('link', { name: 'Rotate' }).click();
  await expect(page.getByRole('heading', { name: 'Rotate the CA Line 1 CA' })).toBeVisible();
});
