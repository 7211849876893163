/** Operators: invited by a link, seeing what their role allows, never without one who can manage them; and the audit log of it. */
import { expect } from '@playwright/test';
import { ADMIN } from './fixtures/console-test';
import { contextOf, test } from './walk/walk-test';

test('an engineer is invited by a link, sets the password, and sees what engineers may', async ({
  walk,
  browser,
}) => {
  const admin = await contextOf(browser, walk, 'security-admin');
  const page = await admin.newPage();
  await page.goto('/operators');
  await page.getByRole('button', { name: 'Add operator' }).click();
  await page.getByLabel('Name', { exact: true }).fill('Nora New');
  await page.getByLabel('Email').fill('not an address');
  await page.getByRole('button', { name: 'Add and make link' }).click();
  await expect(page.getByText('This is not an email address.')).toBeVisible();
  await page.getByLabel('Email').fill('nora@example.com');
  await page.getByRole('radio', { name: /Engineer/ }).check({ force: true });
  await page.getByRole('button', { name: 'Add and make link' }).click();
  const shown = page.getByRole('alertdialog', { name: 'Link for Nora New' });
  const link = (await shown.locator('code').textContent()) ?? '';
  await page.getByRole('button', { name: 'I have copied it' }).click();
  const row = page.getByRole('row', { name: /Nora New/ });
  await expect(row).toContainText('Invited');

  const own = await contextOf(browser, walk, 'nobody');
  const nora = await own.newPage();
  await nora.goto(link);
  await nora.getByLabel('New password', { exact: true }).fill('a password of her own');
  await nora.getByLabel('Repeat the password', { exact: true }).fill('a password of her own');
  await nora.getByRole('button', { name: 'Set password and sign in' }).click();
  await expect(nora).toHaveURL(/\/e\/sandbox/);
  const navigation = nora.getByRole('navigation', { name: 'Navigation' });
  await expect(navigation.getByRole('link', { name: 'Issue a device' })).toBeVisible();
  await expect(navigation.getByRole('link', { name: 'Operators' })).toHaveCount(0);
  await expect(navigation.getByRole('link', { name: 'Audit log' })).toHaveCount(0);
  const answer = await nora.goto('/operators');
  expect(answer?.status()).toBe(403);
  await expect(nora.getByRole('heading', { level: 1 })).toHaveText('Your role does not allow this page');

  await page.reload();
  await expect(row).toContainText('Active');
  await row.getByRole('button', { name: 'Actions for Nora New' }).click();
  await page.getByRole('menuitem', { name: 'Disable…' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Disable' }).click();
  await expect(row).toContainText('Disabled');
  await nora.goto('/e/sandbox');
  await expect(nora).toHaveURL(/\/sign-in/);
  await own.close();

  await page.goto('/audit');
  const acts = page.getByRole('row', { name: /operator\.(create|set-enabled|set-password)/ });
  await expect(acts.filter({ hasText: 'nora@example.com' }).first()).toContainText(ADMIN.name);
  await expect(page.getByRole('row', { name: /operator\.set-enabled/ })).toContainText('Done');
  await page
    .getByRole('row', { name: /operator\.set-enabled/ })
    .getByRole('button', { name: /Details of act/ })
    .click();
  const details = page.getByRole('dialog');
  await expect(details).toContainText('"state": "active"');
  await expect(details).toContainText('"enabled": false');
  await admin.close();
});

test('the last security admin stays one, and is told why', async ({ walk, browser }) => {
  const context = await contextOf(browser, walk, 'security-admin');
  const page = await context.newPage();
  await page.goto('/operators');
  const row = page.getByRole('row', { name: new RegExp(ADMIN.name) });
  const acts = [
    { menu: 'Disable…', confirm: 'Disable', choose: undefined },
    { menu: 'Change role…', confirm: 'Change role', choose: /Support/ },
  ];
  for (const { menu, confirm, choose } of acts) {
    await row.getByRole('button', { name: `Actions for ${ADMIN.name}` }).click();
    await page.getByRole('menuitem', { name: menu }).click();
    const dialog = page.getByRole('alertdialog');
    if (choose !== undefined) await dialog.getByRole('radio', { name: choose }).check({ force: true });
    await dialog.getByRole('button', { name: confirm, exact: true }).click();
    await expect(page.getByText('This is the last security admin who can sign in.').first()).toBeVisible();
    await page.reload();
    await expect(row).toContainText('Security admin');
    await expect(row).toContainText('Active');
  }
  await page.goto('/audit');
  await expect(page.getByRole('row', { name: /operator\.change-role/ }).first()).toContainText('Failed');
  await context.close();
});
