/**
 * A case card for a ticket: for colleagues after they have signed in; for others by a link, where it is allowed, as long as it is.
 */
import path from 'node:path';
import type { Browser, Page } from '@playwright/test';
import { expect, test } from './fixtures/console-test';
import { makeRehearsalDevice, publishOnce, registerRehearsalCa } from './fixtures/rehearsal';
import { keptFiles } from './fixtures/running-console';
import { aws } from './fixtures/sandbox-clients';
import { axeViolations } from './walk/axe';

test.use({ story: 'the case card', isRecorded: true });
test.describe.configure({ mode: 'serial' });

const DEVICE = 'case-1';
const ACCOUNT = '123456789012';
const REFUSED = 'This link opens nothing.';

let certificateId: string;
let link: string;

test.beforeAll(async ({ jitp }, testInfo) => {
  const folder = path.join(testInfo.project.outputDir, 'case-card');
  await registerRehearsalCa(jitp, folder, 'CaseRole');
  // Provisioning cannot succeed, so the device hangs, with the role's ARN in the sentence.
  await aws(jitp, [
    'iam',
    'detach-role-policy',
    ...['--role-name', 'CaseRole'],
    ...['--policy-arn', 'arn:aws:iam::aws:policy/service-role/AWSIoTThingsRegistration'],
  ]);
  certificateId = await makeRehearsalDevice(folder, DEVICE);
  await publishOnce(jitp, folder, DEVICE);
});

const casePath = () => `/e/sandbox/devices/${certificateId}/case`;

/** A browser that nobody is signed in with. */
async function asStranger<T>(browser: Browser, run: (page: Page) => Promise<T>): Promise<T> {
  const context = await browser.newContext({ storageState: { cookies: [], origins: [] } });
  try {
    return await run(await context.newPage());
  } finally {
    await context.close();
  }
}

async function expectRefused(browser: Browser, address: string): Promise<void> {
  await asStranger(browser, async (page) => {
    await page.goto(address);
    await expect(page.getByText(REFUSED)).toBeVisible();
    await expect(page.getByRole('main')).not.toContainText(DEVICE);
  });
}

test('the card asks for sign-in, and says why without the account', async ({
  adminPage: page,
  browser,
  jitp,
}) => {
  await page.goto(`/e/sandbox/devices/${certificateId}`);
  await page.getByRole('link', { name: 'Case card' }).click();
  const card = page.getByRole('article', { name: 'Case card' });
  await expect(card).toContainText(certificateId);
  await expect(card).toContainText('role/CaseRole may not do all that the template asks');
  await expect(card).toContainText('••••••••9012');
  expect(await card.innerHTML()).not.toContain(ACCOUNT);
  expect(await axeViolations(page)).toEqual([]);
  await asStranger(browser, async (stranger) => {
    await stranger.goto(`${jitp.url}${casePath()}`);
    await expect(stranger).toHaveURL(/\/sign-in/);
  });
});

test('a link can be made only after a security admin has allowed it', async ({ adminPage: page }) => {
  await page.goto(casePath());
  await expect(page.getByRole('button', { name: 'Make a link' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Allow links' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Allow links' }).click();
  await page.getByRole('button', { name: 'Make a link' }).click();
  await page.getByRole('button', { name: 'Make the link' }).click();
  link = (await page.getByRole('alertdialog').locator('pre').textContent())?.trim() ?? '';
  expect(link).toMatch(/\/case\/sandbox#token=[\w-]{43}$/);
  await page.getByRole('button', { name: 'Done' }).click();
  await expect(page.getByRole('row').filter({ hasText: 'Never' })).toHaveCount(1);
  expect(await page.content()).not.toContain(link.slice(-43));
});

test('whoever has it sees this device, redacted, and nothing of others', async ({ browser }) => {
  await asStranger(browser, async (page) => {
    const answer = await page.goto(link);
    expect(answer?.headers()['referrer-policy']).toBe('no-referrer');
    expect(answer?.headers()['cache-control']).toContain('no-store');
    await expect(page.locator('meta[name=robots]')).toHaveAttribute('content', /noindex/);
    const card = page.getByRole('article', { name: 'Case card' });
    await expect(card).toContainText('role/CaseRole may not do all that the template asks');
    expect(await page.content()).not.toContain(ACCOUNT);
    expect(await card.getByRole('link').count()).toBe(0);
    expect(await axeViolations(page)).toEqual([]);
    await page.setViewportSize({ width: 390, height: 900 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  });
});

test('opening it again within a minute asks AWS for nothing', async ({ browser, jitp }) => {
  await aws(jitp, [
    'iot',
    'update-certificate',
    '--certificate-id',
    certificateId,
    '--new-status',
    'INACTIVE',
  ]);
  await asStranger(browser, async (page) => {
    await page.goto(link);
    await expect(page.getByRole('article')).toContainText('PENDING_ACTIVATION');
  });
});

test('a wrong token, no token, another environment: one and the same page', async ({ browser, jitp }) => {
  const last = link.endsWith('A') ? 'B' : 'A';
  await expectRefused(browser, `${link.slice(0, -1)}${last}`);
  await expectRefused(browser, `${jitp.url}/case/sandbox`);
  await expectRefused(browser, `${jitp.url}/case/elsewhere#${link.split('#')[1]}`);
  await expectRefused(browser, `${jitp.url}/case/sandbox#token=short`);
});

test('it was opened, as its list and the audit log tell; its token is nowhere', async ({
  adminPage: page,
  jitp,
}) => {
  await page.goto(casePath());
  await expect(page.getByRole('row').filter({ hasText: '(2 times)' })).toHaveCount(1);
  await page.goto('/audit');
  for (const action of ['case-link.allow', 'case-link.create', 'case-link.open']) {
    await expect(page.getByRole('row').filter({ hasText: action }).first()).toBeVisible();
  }
  const token = Buffer.from(link.slice(-43));
  const places = [...keptFiles(jitp), { name: 'output', bytes: Buffer.from(jitp.output()) }];
  expect(places.filter(({ bytes }) => bytes.includes(token)).map(({ name }) => name)).toEqual([]);
});

test('revoked, it opens nothing from then on', async ({ adminPage: page, browser }) => {
  await page.goto(casePath());
  await page.getByRole('button', { name: /^Revoke link/ }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Revoke' }).click();
  await expect(page.getByText('No open links')).toBeVisible();
  await expectRefused(browser, link);
});

test('forbidden again, no link opens, however good', async ({ adminPage: page, browser }) => {
  await page.goto(casePath());
  await page.getByRole('button', { name: 'Make a link' }).click();
  await page.getByRole('button', { name: 'Make the link' }).click();
  const another = (await page.getByRole('alertdialog').locator('pre').textContent())?.trim() ?? '';
  await page.getByRole('button', { name: 'Done' }).click();
  await page.getByRole('button', { name: 'Forbid links' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Forbid links' }).click();
  await expect(page.getByRole('button', { name: 'Make a link' })).toHaveCount(0);
  await expectRefused(browser, another);
});
