/** One template from its first click to a device: built, broken, mended, tried dry, kept in versions, attached, and provisioned with. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { expect, type Page } from '@playwright/test';
import { provisionArticleDevice, ROLE_ARN, registerArticleCa } from './fixtures/article-fleet';
import { test } from './fixtures/console-test';
import { buildPublished } from './fixtures/template-editor';

test.use({ story: 'template-story' });
test.setTimeout(180_000);

const NAME = 'Story_Fleet';

test('a template is built, broken, mended, tried, versioned, attached, and provisions a real device', async ({
  adminPage: page,
  jitp,
}, testInfo) => {
  const folder = path.join(testInfo.project.outputDir, 'template-story');
  mkdirSync(folder, { recursive: true });
  const caId = await registerArticleCa(jitp, folder);

  await page.goto('/e/sandbox/template-editor');
  await page.waitForLoadState('networkidle');
  await buildPublished(page, 'scoped');
  await page.getByRole('textbox', { name: 'ARN of the provisioning role' }).fill(ROLE_ARN);
  await breakAndMend(page);
  await tryDry(page);

  await save(page, async (dialog) => {
    await dialog.getByLabel('Name', { exact: true }).fill(NAME);
  });
  await expect(page.getByRole('row', { name: /Version 1 In force/ })).toBeVisible();

  await page.goto(`/e/sandbox/template-editor?template=${NAME}`);
  await page.waitForLoadState('networkidle');
  await page.getByRole('textbox', { name: 'Value of attribute version' }).fill('v2');
  await save(page, async (dialog) => {
    await expect(dialog.getByText('1 thing that a device gets differently')).toBeVisible();
    await dialog.getByText(/^Put it in force at once/).click();
  });
  await expect(page.getByRole('row', { name: /Version 2 In force/ })).toBeVisible();

  await page.goto(`/e/sandbox/certificate-authorities/${caId}`);
  await page.waitForLoadState('networkidle');
  await page.getByRole('button', { name: 'Attach a template' }).first().click();
  const attach = page.getByRole('alertdialog').or(page.getByRole('dialog'));
  await attach.getByText('A named template', { exact: true }).click();
  await attach.getByRole('button', { name: /Choose a template/ }).click();
  await page.getByRole('option', { name: NAME }).click();
  await attach.getByRole('button', { name: 'Attach a template' }).click();
  await expect(page.getByRole('link', { name: NAME })).toBeVisible();
  expect(await provisionArticleDevice(jitp, folder, 'StoryOne')).toMatchObject({
    version: 'v2',
    country: 'IN',
  });

  // The CA's own text, edited in place, is what the next device gets.
  await page.goto(`/e/sandbox/template-editor?ca=${caId}`);
  await page.waitForLoadState('networkidle');
  await page.getByRole('textbox', { name: 'Value of attribute version' }).fill('v3');
  await page.getByRole('button', { name: 'Attach to the CA' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Attach to the CA' }).click();
  await expect(page.getByText('The template is attached to the CA.')).toBeVisible();
  expect(await provisionArticleDevice(jitp, folder, 'StoryTwo')).toMatchObject({ version: 'v3' });
});

/** Takes the parameter of a reference away, which the findings say and put back. */
async function breakAndMend(page: Page): Promise<void> {
  const findings = page.getByRole('region', { name: 'Findings' });
  await page.getByRole('button', { name: 'Remove Country (C)' }).click();
  await expect(findings).toContainText('AWS::IoT::Certificate::Country');
  await findings
    .getByRole('button', { name: /^Fix it/ })
    .first()
    .click();
  await expect(page.getByRole('button', { name: 'Remove Country (C)' })).toBeVisible();
}

/** Without a country AWS would refuse the device; with one it is told who it would be. */
async function tryDry(page: Page): Promise<void> {
  const outcome = page.getByRole('region', { name: 'What would happen' });
  await page.getByRole('textbox', { name: 'Common name (CN)' }).fill('StoryOne');
  await expect(outcome).toContainText('Provisioning would fail.');
  await page.getByRole('textbox', { name: 'Country (C)' }).fill('IN');
  await expect(outcome).toContainText('The device would be provisioned.');
  await expect(outcome).toContainText('It would connect only as client id StoryOne.');
}

async function save(
  page: Page,
  fill: (dialog: ReturnType<Page['getByRole']>) => Promise<void>,
): Promise<void> {
  await page.getByRole('button', { name: 'Save', exact: true }).first().click();
  const dialog = page.getByRole('alertdialog').or(page.getByRole('dialog'));
  await fill(dialog);
  await dialog.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page).toHaveURL(new RegExp(`/templates/${NAME}$`));
}
