/**
 * Acts over many devices: two hundred certificates deleted while AWS throttles, with a reload in the middle; the stuck queue with real
 * clients in two failing states; and what support may not do. In a console of its own, since all certificates are deleted.
 */
import path from 'node:path';
import { IoTClient, RegisterCertificateWithoutCACommand } from '@aws-sdk/client-iot';
import type { APIRequestContext, Page } from '@playwright/test';
import { CertificateMint } from '@/lib/sandbox/testing/certificate-mint';
import { expect, test } from './fixtures/console-test';
import { makeRehearsalCa, makeRehearsalDevice, publishOnce, registerRehearsalCa } from './fixtures/rehearsal';
import type { RunningConsole } from './fixtures/running-console';
import { aws } from './fixtures/sandbox-clients';
import { axeViolations } from './walk/axe';
import { callAction } from './walk/call-action';
import { actionNamed } from './walk/walk-test';

test.use({ story: 'acts' });
test.describe.configure({ mode: 'serial' });

const COUNT = 200;
/** The SDK asks three times before a call counts as throttled: as many devices fail as a third of these. */
const THROTTLED_CALLS = 36;
const PASSWORD = 'four unrelated words here';

const panelOf = (page: Page) => page.getByRole('region', { name: 'Run of acts' });

test('two hundred certificates are deleted while AWS throttles, and only what failed is tried again', async ({
  adminPage: page,
  jitp,
}) => {
  test.setTimeout(400_000);
  await registerMany(jitp);
  await page.goto('/e/sandbox/certificates?size=100');
  const boxes = page.getByRole('table', { name: 'Certificates' }).getByRole('checkbox');
  await boxes.nth(1).focus();
  await page.keyboard.press('Space');
  await boxes.nth(5).click({ modifiers: ['Shift'] });
  await expect(page.getByText('5 selected')).toBeVisible();
  expect(await axeViolations(page)).toEqual([]);
  await page.getByRole('button', { name: 'Select', exact: true }).click();
  await page.getByRole('menuitem', { name: /^All in this list/ }).click();
  await expect(page.getByText('200 selected, 100 of them not on this page')).toBeVisible();

  await page.getByRole('main').getByRole('button', { name: 'Delete', exact: true }).click();
  const dialog = page.getByRole('alertdialog', { name: 'Delete 200 certificates?' });
  await expect(
    dialog.getByRole('list', { name: 'What is done' }).getByRole('listitem').first(),
  ).toBeVisible();
  await expect(dialog).toContainText('190 more certificates, each in the same steps');
  await dialog.getByText('View as CLI').click();
  await expect(dialog).toContainText('aws iot delete-certificate');
  expect(await axeViolations(page)).toEqual([]);
  const confirm = dialog.getByRole('button', { name: 'Delete', exact: true });
  await expect(confirm).toBeDisabled();
  await dialog.getByRole('textbox').fill('200');
  await throttle(jitp, 'DeleteCertificate', THROTTLED_CALLS);
  await confirm.click({ clickCount: 2 });

  const panel = panelOf(page);
  await expect(panel).toContainText(/[1-9]\d* of 200 done/);
  await panel.getByRole('button', { name: 'Pause' }).click();
  await expect(panel.getByText('Paused')).toBeVisible();
  expect(await axeViolations(page)).toEqual([]);
  await page.reload();
  await expect(panel.getByText('Interrupted')).toBeVisible();
  await panel.getByRole('button', { name: 'Go on' }).click();
  // It goes on while one looks at something else.
  await page.getByRole('link', { name: 'Policies' }).click();
  await expect(page.getByRole('heading', { level: 1, name: /Policies/ })).toBeVisible();
  await expect(panel.getByText('Finished')).toBeVisible({ timeout: 240_000 });
  // What had failed before the reload was tried again after it; throttling may have ended by then.
  await expect(panel).toContainText('200');
  const retry = panel.getByRole('button', { name: /^Retry the / });
  if ((await retry.count()) > 0) {
    await retry.click();
    await expect(panel.getByText('Finished')).toBeVisible({ timeout: 120_000 });
  }
  await expect(panel).toContainText(/of 200 done/);
  expect(await aws(jitp, ['iot', 'list-certificates'])).toEqual({ certificates: [] });
  await panel.getByRole('button', { name: 'Close' }).click();
  await expect(panel).toHaveCount(0);
  await page.goto('/audit?action=certificate.delete');
  const acts = page.getByRole('row').filter({ hasText: 'certificate.delete' });
  await expect(acts).toHaveCount(50);
});

test('what failed is told with its reason, and a retry sends nothing else', async ({
  adminPage: page,
  jitp,
}) => {
  test.setTimeout(180_000);
  await registerMany(jitp, 12);
  await page.goto('/e/sandbox/certificates');
  await page.getByRole('checkbox', { name: 'All on this page' }).click();
  await page.getByRole('main').getByRole('button', { name: 'Delete', exact: true }).click();
  const dialog = page.getByRole('alertdialog');
  await dialog.getByRole('textbox').fill('12');
  await throttle(jitp, 'DeleteCertificate', 9);
  await dialog.getByRole('button', { name: 'Delete', exact: true }).click();

  const panel = panelOf(page);
  await expect(panel.getByText('Finished')).toBeVisible({ timeout: 60_000 });
  // Four are under way at a time, and the throttled calls fall on them by chance: three devices at the most.
  const told = /(\d+) of 12 done(\d) failed/.exec((await panel.textContent()) ?? '');
  const failedCount = Number(told?.[2]);
  expect(failedCount).toBeGreaterThan(0);
  expect(Number(told?.[1]) + failedCount).toBe(12);
  await panel.getByText('Results, step by step').click();
  await expect(panel.getByText('AWS slowed us down', { exact: false })).toHaveCount(failedCount);
  expect(await axeViolations(page)).toEqual([]);
  await page.setViewportSize({ width: 390, height: 900 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  const sent: string[] = [];
  page.on('request', (request) => {
    if (request.headers()['next-action'] !== undefined) sent.push(request.postData() ?? '');
  });
  await panel.getByRole('button', { name: /^Retry the / }).click();
  await expect(panel).toContainText('12 of 12 done', { timeout: 60_000 });
  expect(sent.join().match(/[0-9a-f]{64}/g)).toHaveLength(failedCount);
  expect(await aws(jitp, ['iot', 'list-certificates'])).toEqual({ certificates: [] });
});

test('a list of ids becomes a selection, and what is no id is said', async ({ adminPage: page, jitp }) => {
  const [first = ''] = await registerMany(jitp, 2);
  await page.goto('/e/sandbox/certificates');
  await page.getByRole('button', { name: 'Select', exact: true }).click();
  await page.getByRole('menuitem', { name: 'From a list of ids…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Select by a list of ids' });
  await dialog.getByRole('textbox').fill(`certificateId\n${first}\n${first.toUpperCase()}`);
  await expect(dialog).toContainText('1 id found');
  await expect(dialog).toContainText('One line holds no id: certificateId');
  expect(await axeViolations(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Select 1 certificate' }).click();
  await page.getByRole('main').getByRole('button', { name: 'Deactivate', exact: true }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Deactivate', exact: true }).click();
  await expect(
    page.getByText('The certificate is inactive.').or(page.getByText('It was so already')),
  ).toBeVisible();
});

test('a support operator sees the certificates and no act, and may call none', async ({
  adminPage: admin,
  browser,
  jitp,
  playwright,
}) => {
  const request = await playwright.request.newContext({
    storageState: await admin.context().storageState(),
  });
  const support = await invite(request, jitp, (options) => playwright.request.newContext(options));
  const context = await browser.newContext({ baseURL: jitp.url, storageState: await support.storageState() });
  const page = await context.newPage();
  for (const address of ['/e/sandbox/certificates', '/e/sandbox/things', '/e/sandbox/stuck?minutes=0']) {
    await page.goto(address);
    await expect(page.getByRole('main').getByRole('heading', { level: 1 })).toBeVisible();
    await page.waitForLoadState('networkidle');
    await expect(page.getByRole('checkbox')).toHaveCount(0);
    const acts = /^(Activate|Deactivate|Revoke|Delete|Select)/;
    await expect(page.getByRole('main').getByRole('button', { name: acts })).toHaveCount(0);
  }
  const resources = ['a'.repeat(64)];
  for (const [name, more] of [
    ['setCertificateStatuses', { act: 'activate' }],
    ['revokeCertificates', {}],
    ['deleteCertificates', {}],
    ['deleteThings', {}],
  ] as const) {
    const url = `${jitp.url}/e/sandbox/certificates`;
    const input = { environment: 'sandbox', resources, ...more };
    expect(await callAction(support, { id: actionNamed(name).id, url, input })).toMatchObject({
      ok: false,
      failure: { kind: 'forbidden' },
    });
  }
  await context.close();
  await support.dispose();
  await request.dispose();
});

test('stuck devices are grouped by what keeps them, each group with its safe act', async ({
  adminPage: page,
  jitp,
}, testInfo) => {
  test.setTimeout(240_000);
  const denied = path.join(testInfo.project.outputDir, 'acts-denied');
  await registerRehearsalCa(jitp, denied, 'Denied');
  const policyArn = 'arn:aws:iam::aws:policy/service-role/AWSIoTThingsRegistration';
  await aws(jitp, ['iam', 'detach-role-policy', '--role-name', 'Denied', '--policy-arn', policyArn]);
  const alone = path.join(testInfo.project.outputDir, 'acts-alone');
  await makeRehearsalCa(jitp, alone, 'Alone');
  await aws(
    jitp,
    [
      ...['iot', 'register-ca-certificate', '--ca-certificate', 'file://ca.pem'],
      ...['--certificate-mode', 'SNI_ONLY', '--set-as-active', '--allow-auto-registration'],
    ],
    alone,
  );
  await page.goto('/e/sandbox/stuck?minutes=0');
  await expect(page.getByText('No device is stuck')).toBeVisible();
  const waiting: string[] = [];
  for (const name of ['lathe-1', 'lathe-2']) {
    await makeRehearsalDevice(denied, name);
    await publishOnce(jitp, denied, name);
    waiting.push(await makeRehearsalDevice(alone, `mill-${name}`));
    await publishOnce(jitp, alone, `mill-${name}`);
  }

  await page.reload();
  const byRole = page.getByRole('region', { name: /may not do all that the template asks/ });
  const byNobody = page.getByRole('region', { name: /nobody activates the certificate/ });
  await expect(byRole).toContainText('2 devices');
  await expect(byRole.getByRole('link', { name: 'Open the CA' })).toBeVisible();
  await expect(byNobody).toContainText('2 devices');
  await expect(byNobody.getByRole('link', { name: /^Why is mill-lathe-1/ })).toHaveAttribute(
    'href',
    `/e/sandbox/devices/${waiting[0]}`,
  );
  expect(await axeViolations(page)).toEqual([]);
  await page.setViewportSize({ width: 390, height: 900 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);

  await byNobody.getByRole('button', { name: 'Activate all 2' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Activate', exact: true }).click();
  await expect(panelOf(page)).toContainText('2 of 2 done');
  await expect(byNobody).toHaveCount(0);
  await expect(byRole).toContainText('2 devices');
  for (const certificateId of waiting) {
    const { certificateDescription } = await aws(jitp, [
      ...['iot', 'describe-certificate', '--certificate-id', certificateId],
    ]);
    expect(certificateDescription.status).toBe('ACTIVE');
  }
});

/** Inactive certificates without a CA: what a factory left behind. */
async function registerMany(jitp: RunningConsole, count = COUNT): Promise<string[]> {
  const credentials = { accessKeyId: 'any', secretAccessKey: 'any' };
  const iot = new IoTClient({ endpoint: jitp.sandboxApi, region: 'us-east-1', credentials });
  const mint = new CertificateMint(4);
  const ca = mint.ca('Left behind', 'ec');
  const ids: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const { certificateId = '' } = await iot.send(
      new RegisterCertificateWithoutCACommand({
        certificatePem: mint.device(ca, `left-${index}`).pem,
        status: 'INACTIVE',
      }),
    );
    ids.push(certificateId);
  }
  return ids;
}

async function throttle(jitp: RunningConsole, operation: string, count: number): Promise<void> {
  const answer = await fetch(`${jitp.sandboxApi}/_sandbox/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ operation, fault: 'throttling', count }),
  });
  expect(answer.status).toBe(201);
}

type NewRequest = (options: object) => Promise<APIRequestContext>;

/** A support operator who has set the password and is signed in. */
async function invite(
  admin: APIRequestContext,
  jitp: RunningConsole,
  newRequest: NewRequest,
): Promise<APIRequestContext> {
  const invited = Object(
    await callAction(admin, {
      id: actionNamed('inviteOperator').id,
      url: `${jitp.url}/operators`,
      input: { name: 'Sara Support', email: 'sara@example.com', role: 'support' },
    }),
  );
  const own = await newRequest({ storageState: { cookies: [], origins: [] } });
  const token = new URL(String(invited.value.link)).hash.replace('#token=', '');
  const set = { id: actionNamed('setOwnPassword').id, url: `${jitp.url}/set-password` };
  expect(await callAction(own, { ...set, input: { token, password: PASSWORD } })).toMatchObject({ ok: true });
  return own;
}
