/**
 * The ledger beside what was issued here: a fleet that AWS knows and the ledger does not is swept in, and certificates are imported by
 * file, a private key among them being refused in the page. In a console of its own, since sweeps count everything.
 */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { IoTClient, RegisterCACertificateCommand, RegisterCertificateCommand } from '@aws-sdk/client-iot';
import { CertificateMint } from '@/lib/sandbox/testing/certificate-mint';
import { expect, test } from './fixtures/console-test';
import { dropFiles } from './fixtures/file-drop';
import { ledgerRows } from './fixtures/ledger-rows';
import { aws } from './fixtures/sandbox-clients';
import { axeViolations } from './walk/axe';

test.use({ story: 'ledger' });
test.describe.configure({ mode: 'serial' });

const mint = new CertificateMint(1);
const ca = mint.ca('Swept', 'ec');
const devices = Array.from({ length: 12 }, (_, index) => mint.device(ca, `swept-${index}`));

test('a sweep brings in what only AWS knows, and the ledger counts it', async ({ adminPage: page, jitp }) => {
  const iot = new IoTClient({
    endpoint: jitp.sandboxApi,
    region: 'us-east-1',
    credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
  });
  await iot.send(
    new RegisterCACertificateCommand({
      caCertificate: ca.pem,
      certificateMode: 'SNI_ONLY',
      setAsActive: true,
    }),
  );
  for (const { pem } of devices) {
    await iot.send(
      new RegisterCertificateCommand({ certificatePem: pem, caCertificatePem: ca.pem, status: 'ACTIVE' }),
    );
  }
  await page.goto('/e/sandbox/devices/overview');
  await expect(page.getByText('AWS has not been asked')).toBeVisible();
  await page.getByRole('button', { name: 'Start a sweep' }).click();
  const card = page.getByRole('region', { name: 'Reconciliation with AWS' });
  await expect(card.getByText('Done', { exact: true })).toBeVisible({ timeout: 30_000 });
  await expect(card.locator('dt', { hasText: 'Added to the ledger' }).locator('+ dd')).toHaveText('12');
  await expect(page.getByRole('link', { name: 'Later: 12' })).toBeVisible();
  await expect(page.getByRole('img', { name: /^Activations per day/ })).toBeVisible();
  expect(await axeViolations(page)).toEqual([]);
  await page.getByRole('link', { name: 'Later: 12' }).click();
  await expect(page.getByRole('link', { name: 'swept-7', exact: true })).toBeVisible();
});

test('what a filter of the ledger leaves is deactivated at once', async ({ adminPage: page, jitp }) => {
  await page.goto('/e/sandbox/devices?query=swept-1&size=10');
  await page.getByRole('button', { name: 'Select', exact: true }).click();
  await page.getByRole('menuitem', { name: /^All in this list/ }).click();
  // swept-1, swept-10 and swept-11.
  await expect(page.getByText('3 selected')).toBeVisible();
  expect(await axeViolations(page)).toEqual([]);
  await page.getByRole('button', { name: 'Deactivate', exact: true }).click();
  const dialog = page.getByRole('alertdialog');
  await dialog.getByLabel('Type 3 to confirm').fill('3');
  await dialog.getByRole('button', { name: 'Deactivate' }).click();
  const row = page.getByRole('row').filter({ hasText: 'swept-11' });
  await expect(row).toContainText('Inactive', { timeout: 30_000 });
  const { certificates }: { certificates: { certificateId: string; status: string }[] } = await aws(jitp, [
    'iot',
    'list-certificates',
  ]);
  const inactive = certificates.filter(({ status }) => status === 'INACTIVE');
  expect(new Set(inactive.map(({ certificateId }) => certificateId))).toEqual(
    new Set([1, 10, 11].map((index) => devices[index]?.certificateId)),
  );
});

test('a sweep of the whole account finds a certificate that no CA of it signed', async ({
  adminPage: page,
  jitp,
}, testInfo) => {
  const { certificateId } = await aws(
    jitp,
    ['iot', 'create-keys-and-certificate', '--set-as-active'],
    testInfo.project.outputDir,
  );
  await page.goto('/e/sandbox/devices/overview');
  const card = page.getByRole('region', { name: 'Reconciliation with AWS' });
  // Of the last sweep; the earlier ones follow.
  const added = card.locator('dt', { hasText: 'Added to the ledger' }).locator('+ dd').first();
  const done = card.getByText('Done', { exact: true });
  await page.getByRole('button', { name: 'Start a sweep' }).click();
  await expect(done).toHaveCount(2, { timeout: 30_000 });
  expect(await ledgerRows(page, { query: certificateId })).toEqual([]);
  await page.getByRole('button', { name: 'Sweep the whole account' }).click();
  await expect(done).toHaveCount(3, { timeout: 30_000 });
  await expect(added).toHaveText('1', { timeout: 30_000 });
  expect(await ledgerRows(page, { query: certificateId })).toHaveLength(1);
  await page.goto(`/e/sandbox/devices/${certificateId}`);
  await expect(page.getByText('It was registered without a CA', { exact: false })).toBeVisible();
});

test('certificates are imported by file, once each, and a private key ends it in the page', async ({
  adminPage: page,
}, testInfo) => {
  const [known] = devices;
  const [fresh, stranger] = [mint.device(ca, 'brought-1'), mint.device(mint.ca('Other', 'ec'), 'brought-2')];
  const write = async (name: string, text: string) => {
    const file = path.join(testInfo.project.outputDir, name);
    await writeFile(file, text);
    return file;
  };
  const pem = await write('brought.pem', `${known?.pem}${fresh.pem}${stranger.pem}${fresh.pem}`);
  const withKey = await write('with-key.pem', `${fresh.pem}${fresh.keyPem}`);
  const sent: string[] = [];
  page.on('request', (request) => {
    if (request.method() === 'POST') sent.push(request.postData() ?? '');
  });

  await page.goto('/e/sandbox/devices/overview');
  await page.getByRole('link', { name: 'Import certificates' }).click();
  await page.getByRole('table').getByRole('link', { name: 'Swept' }).click();
  await expect(page.getByRole('heading', { name: '2. The certificates' })).toBeVisible();
  await dropFiles(page, 'Certificates (PEM) or a table (CSV)', [withKey]);
  await expect(page.getByText('with-key.pem contains a private key')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Check against the ledger' })).toBeDisabled();
  expect(sent).toEqual([]);

  await dropFiles(page, 'Certificates (PEM) or a table (CSV)', [pem]);
  await expect(page.getByText('The same certificate stands further up.')).toBeVisible();
  await page.getByRole('button', { name: 'Check against the ledger' }).click();
  await expect(page.getByText('It is no device certificate that this CA signed.')).toBeVisible();
  expect(await axeViolations(page)).toEqual([]);
  await page.getByRole('button', { name: 'Import 1 certificate' }).click();
  await expect(page.getByText('1 certificate was added to the ledger.')).toBeVisible();
  await page.getByRole('link', { name: 'Issued devices', exact: true }).last().click();
  await expect(page.getByRole('link', { name: 'brought-1', exact: true })).toBeVisible();
});
