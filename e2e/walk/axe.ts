import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/** WCAG 2.2 AA, and what axe calls good practice besides. */
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice'];

/** What lies over a page; while it does, the page behind it is out of reach for everybody. */
export const SURFACE = '[role=menu], [role=dialog], [role=alertdialog]';

/** The violations of the page as it is now, or of what lies over it, as `rule: element` each. */
export async function axeViolations(page: Page): Promise<string[]> {
  const builder = new AxeBuilder({ page }).withTags(TAGS);
  const { violations } = await ((await page.locator(SURFACE).count()) > 0
    ? builder.include(SURFACE)
    : builder
  ).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 300)}`));
}
