/** The way in and out: the first link, passwords, sessions, and where one lands. */

import { expect, type Page } from '@playwright/test';
import { ADMIN } from './fixtures/console-test';
import { contextOf, test } from './walk/walk-test';

const WRONG = 'Email and password do not match an operator who may sign in.';

async function enter(page: Page, email: string, password: string) {
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

test('the link of the first start works once; the second time a sentence says what to do', async ({
  walk,
  browser,
}) => {
  const page = await browser.newPage();
  await page.goto(walk.console.setupUrl ?? '');
  await page.getByLabel('Name', { exact: true }).fill('Mallory');
  await page.getByLabel('Email').fill('mallory@example.com');
  await page.getByLabel('New password', { exact: true }).fill('another long password');
  await page.getByLabel('Repeat the password', { exact: true }).fill('another long password');
  await page.getByRole('button', { name: 'Set password and sign in' }).click();
  await expect(page.getByRole('main').getByRole('alert')).toContainText(
    'This link was used, replaced or has expired.',
  );
  await expect(page.getByLabel('Email')).toHaveValue('mallory@example.com');
  expect(await page.context().cookies()).toEqual([]);
  await page.close();
});

test('a link without its code, a short password and two that differ each get a sentence', async ({
  walk,
  browser,
}) => {
  const page = await browser.newPage();
  await page.goto(`${walk.console.url}/set-password`);
  await expect(page.getByRole('main').getByRole('alert')).toContainText('This address has no one-time code.');
  await page.goto(`${walk.console.url}/set-password#token=${'x'.repeat(43)}`);
  await page.reload();
  await page.getByLabel('New password', { exact: true }).fill('short');
  await page.getByLabel('Repeat the password', { exact: true }).fill('shorter');
  await page.getByRole('button', { name: 'Set password and sign in' }).click();
  await expect(page.getByText('The two passwords differ. Type them again.')).toBeVisible();
  await page.getByLabel('Repeat the password', { exact: true }).fill('short');
  await page.getByRole('button', { name: 'Set password and sign in' }).click();
  await expect(page.getByText('Too short. Take at least 12 characters.')).toBeVisible();
  await page.close();
});

test('signing in leads to where one wanted to go, signing out ends the session itself', async ({
  walk,
  browser,
  playwright,
}) => {
  const context = await contextOf(browser, walk, 'nobody');
  const page = await context.newPage();
  await page.goto('/e/sandbox/things?size=50');
  await expect(page).toHaveURL(/\/sign-in\?next=/);

  await enter(page, ADMIN.email, 'not the right password');
  await expect(page.getByRole('main').getByRole('alert')).toContainText(WRONG);
  await expect(page.getByLabel('Email')).toHaveValue(ADMIN.email);
  await enter(page, 'nobody@example.com', ADMIN.password);
  await expect(page.getByRole('main').getByRole('alert')).toContainText(WRONG);

  await enter(page, ADMIN.email.toUpperCase(), ADMIN.password);
  await expect(page).toHaveURL('/e/sandbox/things?size=50');
  const cookies = await context.cookies();
  expect(cookies.length).toBeGreaterThan(0);
  for (const cookie of cookies) expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' });
  expect(await page.evaluate(() => document.cookie)).toBe('');

  const stolen = await context.storageState();
  await page.getByRole('button', { name: /Signed in as/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(page).toHaveURL('/sign-in');
  const thief = await playwright.request.newContext({ storageState: stolen });
  const answer = await thief.get(`${walk.console.url}/e/sandbox`, { maxRedirects: 0 });
  expect(answer.headers()['location']).toMatch(/^\/sign-in/);
  await thief.dispose();
  await context.close();
});

test('`next` leads nowhere but to this console', async ({ walk, playwright }) => {
  const request = await playwright.request.newContext({ storageState: walk.states['security-admin'] });
  const wants = [
    { next: '/e/sandbox/things?size=50', leadsTo: '/e/sandbox/things?size=50' },
    { next: 'https://attacker.example/', leadsTo: '/' },
    { next: '//attacker.example/', leadsTo: '/' },
    { next: '/\\attacker.example/', leadsTo: '/' },
    { next: '/\t/attacker.example/', leadsTo: '/' },
    { next: 'javascript:alert(1)', leadsTo: '/' },
    { next: '/.//attacker.example', leadsTo: '/attacker.example' },
  ];
  for (const { next, leadsTo } of wants) {
    const answer = await request.get(`${walk.console.url}/sign-in?next=${encodeURIComponent(next)}`, {
      maxRedirects: 0,
    });
    expect(answer.headers()['location'], next).toBe(leadsTo);
  }
  await request.dispose();
});

test('whoever guesses is told how long to wait, and the right password waits too', async ({
  walk,
  browser,
}) => {
  const context = await contextOf(browser, walk, 'nobody');
  const page = await context.newPage();
  await page.goto('/sign-in');
  for (let attempt = 1; attempt <= 5; attempt += 1) {
    await enter(page, 'guessed@example.com', `guess number ${attempt}`);
    await expect(page.getByRole('main').getByRole('alert')).toContainText(WRONG);
    await expect(page.getByRole('button', { name: 'Sign in' })).toBeEnabled();
  }
  await enter(page, 'guessed@example.com', 'guess number 6');
  await expect(page.getByRole('main').getByRole('alert')).toContainText(
    /Too many attempts\. Wait \d+ seconds?, then try again\./,
  );
  await context.close();
});
