/**
 * A bench of devices and the sandbox page beside it: what happens to them is seen as it happens, calls are let fail and heal again,
 * and in the end everything is emptied. In a console of its own, since a reset spares nobody.
 */
import path from 'node:path';
import { Subscriber } from '@/lib/sandbox/mqtt/testing/mosquitto';
import { expect, setUpAdmin, test } from './fixtures/console-test';
import { makeRehearsalCa, makeRehearsalDevice, publishOnce, registerRehearsalCa } from './fixtures/rehearsal';
import { disposeConsole, startConsole } from './fixtures/running-console';
import { aws } from './fixtures/sandbox-clients';
import { axeViolations } from './walk/axe';
import { callAction } from './walk/call-action';
import { actionNamed } from './walk/walk-test';

test.use({ story: 'the sandbox page' });
test.describe.configure({ mode: 'serial' });

const PAGE = '/e/sandbox/sandbox';
const DEVICE = 'press-1';

let folder: string;
let caId: string;
let certificateId: string;

test.beforeAll(async ({ jitp }, testInfo) => {
  folder = path.join(testInfo.project.outputDir, 'rehearsal');
  caId = await registerRehearsalCa(jitp, folder, 'Bench');
  certificateId = await makeRehearsalDevice(folder, DEVICE);
});

test('what happens to a device appears by itself, with its reason and the way to what it is about', async ({
  adminPage: page,
  jitp,
}) => {
  await page.goto(PAGE);
  await expect(page.getByText('Nothing has happened yet')).toBeVisible();
  await page.evaluate(() => Object.assign(window, { isSamePage: true }));

  const told = await publishOnce(jitp, folder, DEVICE);
  expect(told.output).toMatch(/The connection was lost/);

  const events = page.getByRole('table', { name: 'Events of the sandbox' });
  const contact = events.getByRole('row').filter({ hasText: 'First contact: registered' });
  await expect(contact).toContainText('the certificate was registered as PENDING_ACTIVATION');
  await expect(events.getByRole('row').nth(1)).toContainText(`thing ${DEVICE}`);
  await expect(contact.getByRole('link', { name: certificateId })).toHaveAttribute(
    'href',
    `/e/sandbox/certificates/${certificateId}`,
  );
  await expect(contact.getByRole('link', { name: caId })).toHaveAttribute(
    'href',
    `/e/sandbox/certificate-authorities/${caId}`,
  );
  expect(await page.evaluate(() => 'isSamePage' in window)).toBe(true);
  expect(await axeViolations(page)).toEqual([]);
  await page.setViewportSize({ width: 390, height: 900 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
});

test('a filter leaves what it is about, also of what comes later, and a pause leaves everything', async ({
  adminPage: page,
  jitp,
}) => {
  await page.goto(PAGE);
  const rows = page.getByRole('table', { name: 'Events of the sandbox' }).getByRole('row');
  await page.getByRole('searchbox', { name: 'Client id, certificate, CA or words' }).fill('lathe');
  await page.getByRole('button', { name: 'Filter' }).click();
  await expect(page.getByText('Nothing matches')).toBeVisible();
  await expect(page).toHaveURL(/find=lathe/);

  // Under a CA that nobody has registered.
  const other = path.join(folder, 'other');
  await makeRehearsalCa(jitp, other, 'Stranger');
  await makeRehearsalDevice(other, 'lathe-9');
  await publishOnce(jitp, other, 'lathe-9');
  await expect(rows.filter({ hasText: 'Refused: no such CA is registered' })).toHaveCount(1);
  await expect(rows).toHaveCount(2);

  await page.getByRole('button', { name: 'Pause' }).click();
  await publishOnce(jitp, other, 'lathe-10');
  // Longer than two reads take.
  await page.waitForTimeout(2500);
  await expect(rows).toHaveCount(2);
  await page.getByRole('button', { name: 'Resume' }).click();
  await expect(rows).toHaveCount(3);

  await page.getByLabel('Kind').selectOption('Provisioned');
  await page.getByRole('searchbox').fill('');
  await page.getByRole('button', { name: 'Filter' }).click();
  await expect(page).toHaveURL(/kind=provisioned/);
  await expect(rows).toHaveCount(2);
  await expect(rows.nth(1)).toContainText(DEVICE);
});

test('who cannot reach the console any more is told, and catches up by itself', async ({
  adminPage: page,
  jitp,
}) => {
  await page.goto(PAGE);
  const status = page.getByRole('status').filter({ hasText: /^(Live|Connection lost, retrying)$/ });
  await expect(status).toHaveText('Live');
  await page.route('**/sandbox/live*', (route) => route.abort());
  await expect(status).toHaveText('Connection lost, retrying');
  await expect(
    page.getByRole('alert').filter({ hasText: 'The connection to the sandbox is lost.' }),
  ).toBeVisible();
  await publishOnce(jitp, path.join(folder, 'other'), 'lathe-11');
  await page.unroute('**/sandbox/live*');
  await expect(page.getByRole('row').filter({ hasText: 'lathe-11' })).toHaveCount(1);
  await expect(status).toHaveText('Live');
});

test('a client is listed while it is connected', async ({ adminPage: page, jitp }) => {
  await page.goto(`${PAGE}?tab=clients`);
  // The console itself listens as well, while a page of it is live.
  const row = page
    .getByRole('table', { name: 'Connected clients' })
    .getByRole('row')
    .filter({ hasText: DEVICE });
  {
    await using _device = await Subscriber.start([
      ...['--cafile', path.join(folder, 'awsRootCA.pem'), '--cert', path.join(folder, 'device.crt')],
      ...[
        '--key',
        path.join(folder, 'deviceCert.key'),
        '-h',
        'localhost',
        '-p',
        String(jitp.sandboxMqttPort),
      ],
      ...['-t', `${DEVICE}/#`, '-i', DEVICE, '-q', '1', '-k', '60'],
    ]);
    await expect(row).toContainText(`${DEVICE}/#`);
    await expect(row).toContainText('MQTT 3.1.1 over TLS');
    await expect(row.getByRole('link', { name: certificateId })).toBeVisible();
    expect(await axeViolations(page)).toEqual([]);
  }
  await expect(row).toHaveCount(0);
});

test('a fault makes calls fail, says so, and is taken away again', async ({ adminPage: page }) => {
  await page.goto(`${PAGE}?tab=faults`);
  await page.getByRole('button', { name: 'Switch a fault on' }).click();
  await page.getByRole('button', { name: 'Switch on' }).click();
  await expect(page.getByText('Enter the name of an operation')).toBeVisible();
  await page.getByLabel('Call', { exact: true }).fill('DescribeDragon');
  await page.getByText('Server error', { exact: true }).click();
  await page.getByRole('button', { name: 'Switch on' }).click();
  await expect(page.getByText('The sandbox refused this.')).toBeVisible();
  await page.getByLabel('Call', { exact: true }).fill('DescribeThing');
  await page.getByRole('button', { name: 'Switch on' }).click();
  await expect(page.getByText('A fault is switched on: calls fail or wait on purpose.')).toBeVisible();
  const fault = page.getByRole('table', { name: 'Faults that are switched on' }).getByRole('row').nth(1);
  await expect(fault).toContainText('DescribeThing');
  await expect(fault).toContainText('not yet');
  expect(await axeViolations(page)).toEqual([]);

  const thing = await page.context().newPage();
  await thing.goto(`/e/sandbox/things/${DEVICE}`);
  await expect(thing.getByText('AWS IoT had an internal failure.')).toBeVisible();
  await expect(fault).toContainText('times');
  await page.getByRole('tab', { name: 'Events' }).click();
  const events = page.getByRole('table', { name: 'Events of the sandbox' });
  await expect(events.getByRole('row', { name: /A fault hit a call/ }).first()).toBeVisible();

  await page.getByRole('tab', { name: 'Faults (1)' }).click();
  await page.getByRole('button', { name: 'Remove the fault of DescribeThing' }).click();
  await expect(page.getByText('No fault is switched on')).toBeVisible();
  await thing.reload();
  await expect(thing.getByRole('link', { name: certificateId })).toBeVisible();
});

test('a reset asks for the name, empties the sandbox, and stands in the audit log', async ({
  adminPage: page,
  jitp,
}) => {
  await page.goto(PAGE);
  await expect(page.getByRole('table', { name: 'Events of the sandbox' })).toBeVisible();
  await page.getByRole('button', { name: 'Reset the sandbox' }).click();
  const dialog = page.getByRole('alertdialog');
  await expect(dialog.getByRole('button', { name: 'Reset', exact: true })).toBeDisabled();
  await expect(dialog).toContainText("The console's own records stay");
  await dialog.getByLabel('Type Sandbox to confirm').fill('Sandbox');
  await dialog.getByRole('button', { name: 'Reset', exact: true }).click();

  await expect(page.getByText('Sandbox is reset: it is empty now.')).toBeVisible();
  await expect(page.getByText('The sandbox was emptied or started anew.')).toBeVisible();
  await expect(page.getByText('Nothing has happened yet')).toBeVisible();
  expect(await aws(jitp, ['iot', 'list-ca-certificates'])).toEqual({ certificates: [] });
  await page.goto('/audit');
  const act = page.getByRole('row').filter({ hasText: 'sandbox.reset' });
  await expect(act).toContainText('Done');
});

test('an environment without a control API has no such page, no way to it and no such act', async ({
  browser,
  playwright,
}) => {
  const nowhere = 'http://127.0.0.1:9';
  const endpoints = { iot: nowhere, iotData: nowhere, iam: nowhere, sts: nowhere };
  const lab = {
    id: 'lab',
    name: 'Lab',
    kind: 'aws',
    accountId: '123456789012',
    region: 'eu-central-1',
    endpoints,
  };
  const running = await startConsole({ env: { ENVIRONMENTS: JSON.stringify([lab]) } });
  try {
    const page = await browser.newPage({ baseURL: running.url });
    await setUpAdmin(page, running);
    const navigation = page.getByRole('navigation', { name: 'Navigation' });
    await expect(navigation.getByRole('link', { name: 'Things' })).toBeVisible();
    await expect(navigation.getByRole('link', { name: 'Sandbox' })).toHaveCount(0);
    expect((await page.goto('/e/lab/sandbox'))?.status()).toBe(404);
    expect((await page.request.get('/e/lab/sandbox/live')).status()).toBe(404);
    expect((await page.request.get('/e/lab/sandbox/clients')).status()).toBe(404);

    const storageState = await page.context().storageState();
    const request = await playwright.request.newContext({ storageState });
    for (const [name, more] of [
      ['resetSandbox', {}],
      ['removeFaults', {}],
      ['switchFaultOn', { operation: '*', fault: 'throttling' }],
    ] as const) {
      const call = { id: actionNamed(name).id, url: `${running.url}/e/lab/sandbox` };
      expect(await callAction(request, { ...call, input: { environment: 'lab', ...more } })).toMatchObject({
        ok: false,
        failure: { kind: 'not-found', resource: 'sandbox-control' },
      });
    }
    await request.dispose();
    await page.close();
  } finally {
    await disposeConsole(running);
  }
});
