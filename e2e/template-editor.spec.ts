/** The template editor: one document in three views, built, broken, mended, kept over a reload, and worked by keyboard alone. */
import { expect } from '@playwright/test';
import admin from '@/lib/provisioning/fixtures/jitp-admin.json' with { type: 'json' };
import predefined from '@/lib/provisioning/fixtures/jitp-predefined-policy.json' with { type: 'json' };
import scoped from '@/lib/provisioning/fixtures/jitp-scoped.json' with { type: 'json' };
import { test } from './fixtures/console-test';
import {
  type BuiltPolicy,
  buildPublished,
  choose,
  shownTemplate,
  showText,
} from './fixtures/template-editor';
import { axeViolations } from './walk/axe';

test.use({ story: 'template-editor' });

const EDITOR = '/e/sandbox/template-editor';
const ACCOUNT = '123456789012';

/** AWS's placeholders, filled in as the sandbox's environment is. */
const published = ({ templateBody }: { templateBody: string }, region: string): unknown =>
  JSON.parse(
    templateBody
      .replaceAll('<ACCOUNT_ID>', ACCOUNT)
      .replaceAll('arn:aws:iot:us-east-2:', `arn:aws:iot:${region}:`),
  );

test.beforeEach(async ({ adminPage: page }) => {
  await page.goto(EDITOR);
  await page.waitForLoadState('networkidle');
});

for (const [name, fixture, policy] of [
  ['scoped', scoped, 'scoped'],
  ['admin', admin, 'admin'],
  ['predefined', predefined, { name: 'Policy_Name' }],
] satisfies [string, { templateBody: string }, BuiltPolicy][]) {
  test(`the published ${name} config can be built by clicking, and comes out equal`, async ({
    adminPage: page,
  }) => {
    await buildPublished(page, policy);
    const text = await (await showText(page, 'Registration config')).inputValue();
    const region = /arn:aws:iot:([a-z0-9-]+):/.exec(text)?.[1] ?? 'us-east-2';
    await expect.poll(() => shownTemplate(page)).toEqual(published(fixture, region));
  });
}

test('what is typed in one view is in the others; what does not parse loses nothing', async ({
  adminPage: page,
}) => {
  await choose(page, page.getByRole('button', { name: 'Start from', exact: true }), /^Scoped policy/);
  const template = await showText(page, 'Template');
  const good = await template.inputValue();
  await template.fill(good.replace('"v1"', '"v2"'));
  await expect(page.getByRole('textbox', { name: 'Value of attribute version' })).toHaveValue('v2');
  await page.getByRole('textbox', { name: 'Value of attribute version' }).fill('v3');
  await expect(template).toHaveValue(/"version": "v3"/);

  await template.fill('{ "Parameters": ');
  await expect(
    page.getByText('The template’s JSON cannot be read. You see the last state that could.'),
  ).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Value of attribute version' })).toHaveValue('v3');
  const config = await showText(page, 'Registration config');
  await expect(config).toHaveAttribute('readonly');
  expect(await config.inputValue()).toContain('v3');

  // Kept until the page is read again, broken as it is.
  await page.reload();
  await expect(page.getByText('This is your draft from the last time.')).toBeVisible();
  await expect(await showText(page, 'Template')).toHaveValue('{ "Parameters": ');
  await page.getByRole('button', { name: 'Drop what was typed' }).first().click();
  await expect(page.getByRole('textbox', { name: 'Template', exact: true })).toHaveValue(/"version": "v3"/);
});

test('findings lead to their place in each view, and are mended by one click that can be undone', async ({
  adminPage: page,
}) => {
  await choose(page, page.getByRole('button', { name: 'Start from', exact: true }), /^Scoped policy/);
  await choose(
    page,
    page.getByRole('button', { name: /^Value of attribute version/ }),
    /^Organization \(O\)/,
  );
  await page.getByRole('button', { name: 'Remove Organization (O)' }).click();
  const findings = page.getByRole('region', { name: 'Findings' });
  await expect(findings).toContainText('AWS::IoT::Certificate::Organization');

  await findings
    .getByRole('button', { name: /^Show in Template/ })
    .first()
    .click();
  const template = page.getByRole('textbox', { name: 'Template', exact: true });
  await expect(template).toBeFocused();
  const selected = () =>
    page.evaluate(() => {
      const field = document.activeElement;
      if (!(field instanceof HTMLTextAreaElement)) return '';
      return field.value.slice(field.selectionStart, field.selectionEnd);
    });
  expect(await selected()).toContain('version');
  await findings
    .getByRole('button', { name: /^Show in Config/ })
    .first()
    .click();
  await expect(page.getByRole('textbox', { name: 'Registration config', exact: true })).toBeFocused();
  expect(await selected()).toContain('version');

  await findings
    .getByRole('button', { name: /^Fix it/ })
    .first()
    .click();
  await expect(findings).not.toContainText('AWS::IoT::Certificate::Organization,');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(findings).toContainText('AWS::IoT::Certificate::Organization');
  await page.getByRole('button', { name: 'Redo' }).click();
  await expect(findings).not.toContainText('AWS::IoT::Certificate::Organization,');
});

test('anything that holds a template can be pasted', async ({ adminPage: page }) => {
  await page.getByRole('button', { name: 'Paste anything' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Text' }).fill(JSON.stringify(scoped));
  await expect(dialog.getByRole('status')).toContainText('registration config');
  expect(await axeViolations(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Take it' }).click();
  await expect(page.getByRole('textbox', { name: 'ARN of the provisioning role' })).toHaveValue(
    scoped.roleArn,
  );
  expect(await shownTemplate(page)).toEqual(JSON.parse(scoped.templateBody));
});

test('a thing type that is missing can be made from its finding', async ({ adminPage: page }) => {
  await choose(page, page.getByRole('button', { name: 'Start from', exact: true }), /^Scoped policy/);
  await page.getByRole('button', { name: 'Type', exact: true }).click();
  await page.getByRole('textbox', { name: 'Type', exact: true }).fill('editor-pump');
  await page.getByRole('button', { name: 'Create editor-pump' }).click();
  const dialog = page.getByRole('alertdialog');
  await expect(dialog).toContainText('Create the thing type editor-pump');
  expect(await axeViolations(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Create', exact: true }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('button', { name: 'Create editor-pump' })).toBeHidden();
});

test('the keyboard alone adds a thing, names it and takes it back', async ({ adminPage: page }) => {
  await page.getByRole('button', { name: 'Add a thing' }).focus();
  await page.keyboard.press('Enter');
  const source = page.getByRole('button', { name: /^Name: Common name/ });
  await source.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menu')).toBeVisible();
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  const name = page.getByRole('textbox', { name: 'Name', exact: true });
  await name.focus();
  await page.keyboard.type('pump-7');
  await expect
    .poll(() => shownTemplate(page))
    .toMatchObject({
      Resources: { thing: { Properties: { ThingName: 'pump-7' } } },
    });
  await name.focus();
  await page.keyboard.press('Control+z');
  await expect(name).toHaveValue('');
  await page.keyboard.press('Control+Shift+z');
  await expect(name).toHaveValue('pump-7');
});

for (const theme of ['light', 'dark'] as const) {
  test(`the drawing, the texts and an open policy have no violation: ${theme}`, async ({
    adminPage: page,
  }) => {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    for (const width of [1440, 390]) {
      await page.setViewportSize({ width, height: 900 });
      await choose(page, page.getByRole('button', { name: 'Start from', exact: true }), /^Scoped policy/);
      if (width === 390) {
        await page.getByRole('group', { name: 'View' }).getByRole('button', { name: 'Drawing' }).click();
      }
      await page.getByRole('button', { name: 'Edit document of policy' }).click();
      expect(await axeViolations(page)).toEqual([]);
      for (const view of ['Template', 'Registration config', 'Commands and code']) {
        await page.getByRole('group', { name: 'View' }).getByRole('button', { name: view }).click();
        expect(await axeViolations(page)).toEqual([]);
      }
      const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(await overflow()).toBeLessThanOrEqual(0);
    }
  });
}
