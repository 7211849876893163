/**
 * Opens whatever a page can open, one after another, as a person would who wants to see it all: tabs, disclosures, menus, what
 * their entries lead to, dialogs. It presses every button of the page, which is safe, because none acts without asking.
 * @module
 */
import type { Locator, Page } from '@playwright/test';

/** Buttons that open nothing: they send a form, or open a part of the page, which is seen to otherwise. */
const NO_OPENERS = '[aria-expanded]:not([aria-haspopup]), [type=submit]';

/** These do what they say at once. */
const ACTING =
  /^(Copy|Refresh|Export|Select$|Look at|Show more|Start a sweep|Sweep the whole account|Keep the settings)/;

/** How long a dialog may take to come. */
const OPEN_TIMEOUT_MS = 1000;

/** What is looked at, by the words that opened it. */
type Look = (name: string) => Promise<void>;

/** The parts of the page itself that are hidden at first: `look` is called for each tab, with all disclosures open. */
export async function unfoldPage(page: Page, look: Look): Promise<void> {
  const main = page.getByRole('main');
  const tabs = await main.getByRole('tab').all();
  for (const tab of tabs) {
    await tab.click();
    await unfold(main);
    await look(`tab ${await tab.textContent()}`);
  }
  if (tabs.length === 0 && (await unfold(main)) > 0) await look('unfolded');
}

async function unfold(main: Locator): Promise<number> {
  const folded = main.locator('button[aria-expanded=false]:not([aria-haspopup])');
  const count = await folded.count();
  for (let index = 0; index < count; index += 1) await folded.first().click();
  return count;
}

/** Every menu and dialog behind a button of `scope`; `look` is called while it is open. The entries of `acting` menus act at once. */
export async function openEverything(
  scope: Locator,
  look: Look,
  { acting }: { acting: boolean },
): Promise<void> {
  const page = scope.page();
  const menu = page.getByRole('menu');
  for (const button of await openers(scope)) {
    const name = await nameOf(button);
    await button.click();
    const opened = await whatAppears(page);
    if (opened === undefined) continue;
    await look(name);
    const entries = opened === 'menu' && !acting ? await enabledEntries(menu) : [];
    await close(page);
    for (const entry of entries) {
      await button.click();
      await page.getByRole('menuitem', { name: entry, exact: true }).click();
      if ((await whatAppears(page)) === undefined) throw new Error(`${name}: ${entry} asks nothing.`);
      await look(`${name} ${entry}`);
      await close(page);
    }
  }
}

/** Buttons that open something; of those that differ only in the row they stand in, the first. */
async function openers(scope: Locator): Promise<Locator[]> {
  const found: Locator[] = [];
  const kinds = new Set<string>();
  for (const button of await scope.getByRole('button').all()) {
    const kind = (await button.textContent()) ?? '';
    const opens =
      !ACTING.test(await nameOf(button)) &&
      (await button.evaluate((element, selector) => !element.matches(selector), NO_OPENERS));
    if (!opens || kinds.has(kind) || !(await button.isVisible()) || !(await button.isEnabled())) continue;
    kinds.add(kind);
    found.push(button);
  }
  return found;
}

async function enabledEntries(menu: Locator): Promise<string[]> {
  const entries = await menu.locator('[role=menuitem]:not([aria-disabled=true])').all();
  return Promise.all(entries.map(nameOf));
}

async function nameOf(control: Locator): Promise<string> {
  return (await control.getAttribute('aria-label')) ?? (await control.textContent()) ?? '';
}

const dialogOf = (page: Page) => page.getByRole('dialog').or(page.getByRole('alertdialog')).first();

/** `undefined`: a button that opens nothing. */
async function whatAppears(page: Page): Promise<'menu' | 'dialog' | undefined> {
  const menu = page.getByRole('menu').first();
  try {
    await dialogOf(page).or(menu).first().waitFor({ timeout: OPEN_TIMEOUT_MS });
  } catch {
    return undefined;
  }
  return (await menu.isVisible()) && !(await page.getByRole('searchbox').isVisible()) ? 'menu' : 'dialog';
}

async function close(page: Page): Promise<void> {
  await page.keyboard.press('Escape');
  await page.getByRole('menu').first().waitFor({ state: 'hidden' });
  await dialogOf(page).waitFor({ state: 'hidden' });
}
