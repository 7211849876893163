/** Every page, empty and full, and everything that opens on it: no violation that axe finds, no page that scrolls sideways. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, type Page } from '@playwright/test';
import { createCa, expectStep, next, openWizard, proveKey, saveKey } from './fixtures/ca-wizard';
import { axeViolations, SURFACE } from './walk/axe';
import { readEntrances } from './walk/entrances';
import { openEverything, unfoldPage } from './walk/openings';
import { contextOf, pathOf, test } from './walk/walk-test';

const LISTS = [
  '',
  '/certificate-authorities',
  '/things',
  '/certificates',
  '/policies',
  '/devices',
  '/devices/issue',
  '/stuck',
  '/pending',
  '/sandbox',
];
const ENTRY = ['/sign-in', '/setup#token=x', '/set-password', '/nowhere'];

const NARROW = 390;
const LOOKS = [
  { theme: 'light', width: 1440 },
  { theme: 'dark', width: NARROW },
] as const;

/** One look at a page serves all. */
const WIDTHS = [1440, 1024, NARROW];
const HEIGHT = 900;

const routes = readEntrances().pages.filter(({ kind, route }) => kind === 'page' && route.startsWith('/'));
const inside = routes
  .map(({ route }) => route)
  .filter((route) => !/^\/($|sign-in|setup|set-password)/.test(route));

test('empty lists and the pages of the way in have no violation', async ({ walk, browser }) => {
  test.setTimeout(600_000);
  const violations: string[] = [];
  for (const { theme, width } of LOOKS) {
    for (const [visitor, paths] of [
      ['nobody', ENTRY],
      ['security-admin', LISTS.map((list) => `/e/sandbox${list}`)],
    ] as const) {
      const context = await contextOf(browser, walk, visitor, {
        colorScheme: theme,
        viewport: { width, height: HEIGHT },
      });
      const page = await context.newPage();
      for (const address of paths) {
        await page.goto(address);
        violations.push(...(await problemsOf(page, `${theme} ${address}`)));
      }
      await context.close();
    }
  }
  expect(violations).toEqual([]);
});

for (const { theme, width } of LOOKS) {
  test(`no page and nothing that opens on it has a violation: ${theme}, ${width} px`, async ({
    walk,
    fleet,
    browser,
  }) => {
    test.setTimeout(600_000);
    const context = await contextOf(browser, walk, 'security-admin', {
      colorScheme: theme,
      viewport: { width, height: HEIGHT },
      reducedMotion: 'reduce',
    });
    const page = await context.newPage();
    const violations: string[] = [];
    const looked: string[] = [];
    const look = async (name: string) => {
      looked.push(name);
      violations.push(...(await problemsOf(page, `${theme} ${new URL(page.url()).pathname} ${name}`)));
    };
    for (const route of [...inside, '/e/[environment]/things/[longThingName]']) {
      await page.goto(pathOf(route, fleet));
      await page.waitForLoadState('networkidle');
      await look('');
      if (route === '/e/[environment]')
        await openEverything(page.getByRole('banner'), look, { acting: true });
      // The wizard and the form that issues go on by their buttons, and those of the template editor change what stands behind
      // them: they have tests of their own.
      if (/\/(register|issue|template-editor)$/.test(route)) continue;
      await unfoldPage(page, look);
      // An editor's menus change its own text and nothing else: they do so at once.
      await openEverything(page.getByRole('main'), look, { acting: route.endsWith('-editor') });
    }
    await context.close();
    expect(violations).toEqual([]);
    // A walk that opened nothing would be content with anything.
    expect(looked).toEqual(
      expect.arrayContaining(['Add operator', 'Deactivate', 'Delete thing', 'Delete policy', 'tab PEM']),
    );
  });
}

test('no step of the wizard has a violation', async ({ walk, browser }) => {
  test.setTimeout(180_000);
  const folder = mkdtempSync(path.join(tmpdir(), 'walk-'));
  const context = await contextOf(browser, walk, 'security-admin', { acceptDownloads: true });
  const page = await context.newPage();
  const violations: string[] = [];
  const look = async (name: string) => violations.push(...(await problemsOf(page, name)));
  await openWizard(page);
  await next(page);
  await look('faults of the first step');
  await createCa(page, { commonName: 'Accessible CA', country: 'DE', algorithm: 'ECDSA P-256' });
  await look('key');
  const saved = await saveKey(page, 'seven brass lanterns at noon', folder);
  await proveKey(page, saved, 'seven brass lanterns at noon');
  await look('key saved');
  for (const step of ['Registration mode', 'Provisioning template', 'Provisioning role', 'Review']) {
    await next(page);
    await expectStep(page, step);
    await look(step);
  }
  await context.close();
  rmSync(folder, { recursive: true });
  expect(violations).toEqual([]);
});

test('the keyboard finds the content first, sees where it is, and comes back from a dialog', async ({
  walk,
  browser,
}) => {
  const context = await contextOf(browser, walk, 'security-admin');
  const page = await context.newPage();
  await page.goto('/operators');
  await page.waitForLoadState('networkidle');
  await page.keyboard.press('Tab');
  const skip = page.getByRole('link', { name: 'Skip to the content' });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();

  const add = page.getByRole('button', { name: 'Add operator' });
  await page.keyboard.press('Tab');
  await expect(add).toBeFocused();
  expect(await add.evaluate((element) => getComputedStyle(element).outlineStyle)).not.toBe('none');
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('Name', { exact: true })).toBeFocused();
  for (let presses = 0; presses < 12; presses += 1) {
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.closest('[role=dialog]') !== null)).toBe(true);
  }
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(add).toBeFocused();

  await page.keyboard.press('Control+k');
  await page.keyboard.type('thin');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL('/e/sandbox/things');
  await context.close();
});

/** axe's violations; on a wide screen also the narrower widths at which the page scrolls sideways. */
async function problemsOf(page: Page, name: string): Promise<string[]> {
  const found = await axeViolations(page);
  const own = page.viewportSize();
  const isCovered = (await page.locator(SURFACE).count()) > 0;
  const widths = isCovered || own?.width === NARROW ? [] : WIDTHS;
  for (const width of widths) {
    await page.setViewportSize({ width, height: HEIGHT });
    const scrolled = await page.evaluate(
      () => (document.scrollingElement?.scrollWidth ?? 0) - window.innerWidth,
    );
    if (scrolled > 0) found.push(`scrolls sideways by ${scrolled} px at ${width} px`);
  }
  if (own !== null && widths.length > 0) await page.setViewportSize(own);
  return found.map((problem) => `${name}: ${problem}`);
}
