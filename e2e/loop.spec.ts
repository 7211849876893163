/**
 * The loop as a person does it: from the first start's link to a device that publishes, with nothing but the console, its bundle and
 * the lines that it shows.
 */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { BrowserContext, Page } from '@playwright/test';
import { Subscriber } from '@/lib/sandbox/mqtt/testing/mosquitto';
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
import { type Bundle, issue, shownLine, unlockCa } from './fixtures/device-form';
import { aws, OPEN_POLICY, runLine } from './fixtures/sandbox-clients';

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
  mkdirSync(folder, { recursive: true });
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

test('OpenSSL opens the saved key with its passphrase, and it is the key of the CA', async () => {
  const { output } = await runLine(
    `openssl pkey -in '${ca.keyFile}' -passin 'pass:${PASSPHRASE}' -pubout && openssl x509 -in '${ca.certificateFile}' -noout -pubkey`,
    folder,
  );
  const [fromKey, fromCertificate] = output.split(/(?<=-----END PUBLIC KEY-----\n)/);
  expect(fromKey).toContain('BEGIN PUBLIC KEY');
  expect(fromCertificate).toBe(fromKey);
});

test('a device is issued into a bundle that OpenSSL verifies', async () => {
  await page.getByRole('main').getByRole('link', { name: 'Issue a device' }).first().click();
  await unlockCa(page, ca.keyFile, PASSPHRASE);
  await expect(page.getByLabel('Country (C)')).toHaveValue('DE');
  await page.getByLabel('Common name (CN)').fill('DemoThing');
  demo = await issue(page, folder);

  const file = (end: string) => demo.names.find((name) => name.endsWith(end)) ?? `no ${end}`;
  const certificate = file('.crt').replace('-chain', '');
  const verified = await runLine(
    `openssl verify -CAfile '${ca.certificateFile}' '${certificate}' && openssl verify -CAfile '${ca.certificateFile}' '${file('-chain.crt')}'`,
    demo.folder,
  );
  expect(verified).toEqual({ code: 0, output: `${certificate}: OK\n${file('-chain.crt')}: OK\n` });
  const keys = await runLine(
    `openssl pkey -in '${file('.key')}' -pubout && openssl x509 -in '${certificate}' -noout -pubkey`,
    demo.folder,
  );
  const [fromKey, fromCertificate] = keys.output.split(/(?<=-----END PUBLIC KEY-----\n)/);
  expect(fromKey).toContain('BEGIN PUBLIC KEY');
  expect(fromCertificate).toBe(fromKey);
  const digests = await runLine(
    `openssl x509 -in '${certificate}' -outform DER | openssl sha256 -r`,
    demo.folder,
  );
  expect(digests.output.slice(0, 64)).toBe(demo.manifest.certificateId);
  for (const { name, sha256 } of demo.manifest.files) {
    expect((await runLine(`openssl sha256 -r '${name}'`, demo.folder)).output.slice(0, 64)).toBe(sha256);
  }
});

test('the lines on the screen are those of the README', async () => {
  expect(await shownLine(page, /^First contact/)).toBe(demo.lines.firstConnect);
  expect(await shownLine(page, /^Listen/)).toBe(demo.lines.subscribe);
  expect(await shownLine(page, /^Publish/)).toBe(demo.lines.publish);
});

test('the first connection is dropped, and the ladder climbs to active without a reload', async ({
  jitp,
}) => {
  await page.getByRole('link', { name: 'Watch its first contact' }).click();
  await expect(page.getByText('Awaiting first contact').first()).toBeVisible();
  // By events, not by reading again and again.
  await expect(page.getByText('Live', { exact: true })).toBeVisible({ timeout: 15_000 });
  await page.evaluate(() => Object.assign(window, { isSamePage: true }));

  const told = await runLine(demo.lines.firstConnect, demo.folder);
  expect(told.output).toMatch(/sending CONNECT/);
  expect(told.output).toMatch(/Error: The connection was lost\./);
  expect(told.code).not.toBe(0);

  await expect(page.getByText('Active: connect again now')).toBeVisible({ timeout: 45_000 });
  expect(await page.evaluate(() => 'isSamePage' in window)).toBe(true);
  const { thingName, certificateId } = demo.manifest;
  expect(await aws(jitp, ['iot', 'describe-thing', '--thing-name', thingName])).toMatchObject({
    attributes: { country: 'DE' },
  });
  expect(await aws(jitp, ['iot', 'describe-certificate', '--certificate-id', certificateId])).toMatchObject({
    certificateDescription: { status: 'ACTIVE' },
  });
});

test('the second connection is accepted with the leaf alone, and an observer sees "Hello"', async ({
  jitp,
}) => {
  await runLine(
    'openssl req -x509 -newkey rsa:2048 -nodes -keyout observer.key -out observer.crt -subj /CN=observer -days 30',
    folder,
  );
  const { certificateArn } = await aws(
    jitp,
    [
      'iot',
      'register-certificate-without-ca',
      '--certificate-pem',
      'file://observer.crt',
      '--status',
      'ACTIVE',
    ],
    folder,
  );
  await aws(jitp, ['iot', 'create-policy', '--policy-name', 'Observer', '--policy-document', OPEN_POLICY]);
  await aws(jitp, ['iot', 'attach-policy', '--policy-name', 'Observer', '--target', certificateArn]);

  const serverRoot = path.join(demo.folder, 'server-root.pem');
  await using observer = await Subscriber.start([
    ...['--cafile', serverRoot, '--cert', path.join(folder, 'observer.crt')],
    ...['--key', path.join(folder, 'observer.key'), '-h', 'localhost', '-p', String(jitp.sandboxMqttPort)],
    ...['-t', 'DemoThing/test', '-i', 'observer', '-q', '1'],
  ]);
  expect(demo.lines.publish).not.toContain('chain');
  const told = await runLine(demo.lines.publish, demo.folder);
  expect(told.output).toMatch(/received PUBACK/);
  expect(told.code).toBe(0);
  expect(await observer.received(/Hello/)).toBe('DemoThing/test Hello');
});

test('a wrong client id and a foreign topic are refused', async () => {
  const { publish } = demo.lines;
  for (const line of [
    publish.replace('-i DemoThing', '-i somebody'),
    publish.replace('DemoThing/test', 'foreign/test'),
  ]) {
    expect(line).not.toBe(publish);
    const told = await runLine(line, demo.folder);
    expect(told.output).toMatch(/The connection was lost/);
    expect(told.output).not.toMatch(/received PUBACK/);
  }
});

test('a second device, issued in the same tab, gets the policy of the first', async ({ jitp }) => {
  await page
    .getByRole('navigation', { name: 'Navigation' })
    .getByRole('link', { name: 'Issue a device' })
    .click();
  await page.getByRole('link', { name: 'Loop CA', exact: true }).click();
  await expect(page.getByText('Unlocked in this tab')).toBeVisible();
  await page.getByLabel('Common name (CN)').fill('OtherThing');
  const other = await issue(page, folder);
  await page.getByRole('link', { name: 'Watch its first contact' }).click();
  // Somebody else looks at a list meanwhile, whose rows must not move by themselves.
  const list = await context.newPage();
  await list.goto('/e/sandbox/certificates');
  await expect(list.getByText('Live', { exact: true })).toBeVisible({ timeout: 15_000 });
  expect((await runLine(other.lines.firstConnect, other.folder)).output).toMatch(/The connection was lost/);
  await expect(page.getByText('Active: connect again now')).toBeVisible({ timeout: 45_000 });
  await expect(list.getByText(/changes? since/)).toBeVisible();
  await list.getByRole('button', { name: 'Show', exact: true }).last().click();
  await expect(
    list.getByRole('link', { name: new RegExp(other.manifest.certificateId) }).first(),
  ).toBeVisible();
  await list.close();
  expect((await runLine(other.lines.publish, other.folder)).code).toBe(0);

  const attached = await Promise.all(
    [demo, other].map(({ manifest }) => runPolicies(manifest.certificateId)),
  );
  expect(attached[0]).toHaveLength(1);
  expect(attached[1]).toEqual(attached[0]);
  const { policies } = await aws(jitp, ['iot', 'list-policies']);
  expect(policies).toHaveLength(2); // and the observer's

  async function runPolicies(certificateId: string) {
    const { certificateDescription } = await aws(jitp, [
      'iot',
      'describe-certificate',
      '--certificate-id',
      certificateId,
    ]);
    const { policies: found } = await aws(jitp, [
      'iot',
      'list-attached-policies',
      '--target',
      certificateDescription.certificateArn,
    ]);
    return found;
  }
});

test('thing, certificate and policy are shown active and lead to each other', async () => {
  await page.goto('/e/sandbox/things');
  await page.getByRole('link', { name: 'DemoThing', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'DemoThing' })).toBeVisible();
  await expect(page.getByRole('row').filter({ hasText: 'Active' })).toHaveCount(1);
  await page
    .getByRole('link', { name: new RegExp(demo.manifest.certificateId) })
    .first()
    .click();
  await expect(page).toHaveURL(new RegExp(`/certificates/${demo.manifest.certificateId}`));
  await expect(page.getByText('Active', { exact: true }).first()).toBeVisible();
  await expect(page.getByRole('link', { name: 'DemoThing', exact: true })).toBeVisible();
  await page.locator('main a[href*="/policies/"]').first().click();
  await expect(page).toHaveURL(/\/policies\//);
  await expect(page.getByText('iot:Connection.Thing.ThingName').first()).toBeVisible();
});

test('the audit log names who registered and who issued', async () => {
  await page.goto('/audit');
  for (const action of ['ca.register', 'device.reserve']) {
    const row = page.getByRole('row').filter({ hasText: action }).first();
    await expect(row).toContainText('Ada Admin');
  }
});
