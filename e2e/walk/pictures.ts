/**
 * Pictures of every page and of all that opens on it, to be looked at: `npm run pictures`. They land in `test-results/pictures`,
 * named theme-width-page-what.
 * @module
 */
import path from 'node:path';
import { readEntrances } from './entrances';
import { openEverything, unfoldPage } from './openings';
import { contextOf, pathOf, test } from './walk-test';

const HEIGHT = 900;
const pages = readEntrances().pages.filter(({ kind, route }) => kind === 'page' && route !== '/');

for (const theme of ['light', 'dark'] as const) {
  for (const width of [1440, 1024, 390]) {
    test(`${theme}, ${width} px`, async ({ walk, fleet, browser }, testInfo) => {
      test.setTimeout(600_000);
      const folder = path.join(testInfo.project.outputDir, 'pictures');
      for (const visitor of ['security-admin', 'nobody'] as const) {
        const context = await contextOf(browser, walk, visitor, {
          colorScheme: theme,
          viewport: { width, height: HEIGHT },
          reducedMotion: 'reduce',
        });
        const page = await context.newPage();
        for (const { route } of pages) {
          const isInside = !/^\/(sign-in|setup|set-password)$/.test(route);
          if (isInside === (visitor === 'nobody')) continue;
          const look = async (what: string) => {
            const name = `${theme}-${width}${route} ${what}`.replaceAll(/[^\w-]+/g, '-');
            // A dialog belongs to what is on the screen, a page is looked at as a whole.
            const isWhole =
              (await page.locator('[role=menu], [role=dialog], [role=alertdialog]').count()) === 0;
            await page.screenshot({ path: path.join(folder, `${name}.png`), fullPage: isWhole });
          };
          await page.goto(pathOf(route, fleet));
          await page.waitForLoadState('networkidle');
          await look('');
          if (route === '/e/[environment]') {
            await openEverything(page.getByRole('banner'), look, { acting: true });
          }
          if (!isInside || /\/(register|issue|template-editor)$/.test(route)) continue;
          await unfoldPage(page, look);
          await openEverything(page.getByRole('main'), look, { acting: route.endsWith('-editor') });
        }
        await context.close();
      }
    });
  }
}
