import type { Page } from '@playwright/test';
import axeCore from 'axe-core';

/** What its source leaves in the page. */
declare global {
  var axe: typeof import('axe-core');
}

/** WCAG 2.2 AA, and what axe calls good practice besides. */
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice'];

/** What lies over a page; while it does, the page behind it is out of reach for everybody. */
export const SURFACE = '[role=menu], [role=dialog], [role=alertdialog]';

/**
 * The violations of the page as it is now, or of what lies over it, as `rule: element` each. axe is put into a page once: there are
 * no frames to look into, and a look by its Playwright package, which is made for pages with frames, takes five times as long.
 */
export async function axeViolations(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axeCore.source);
  return page.evaluate(
    async ({ tags, surface }) => {
      const over = document.querySelectorAll(surface);
      const { violations } = await globalThis.axe.run(over.length > 0 ? over : document, {
        runOnly: { type: 'tag', values: tags },
        resultTypes: ['violations'],
      });
      return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 300)}`));
    },
    { tags: TAGS, surface: SURFACE },
  );
}
