/** Japanese and Chinese on every page: all words there, none left in English, and the choice kept. */
import { expect, type Page } from '@playwright/test';
import { LOCALE_NAMES } from '@/lib/i18n/locales';
import { readEntrances } from './walk/entrances';
import { messagesOf } from './walk/messages';
import { observe } from './walk/observe';
import { unfoldPage } from './walk/openings';
import { contextOf, pathOf, test } from './walk/walk-test';

const en = messagesOf('en');
const ja = messagesOf('ja');
const LOCALES = ['ja', 'zh-CN'] as const;
const ENVIRONMENT_NAME = 'Sandbox';

const pages = readEntrances().pages.filter(({ kind }) => kind === 'page');

for (const locale of LOCALES) {
  test(`every page speaks ${locale}`, async ({ walk, fleet, browser }) => {
    const leftovers = englishOnly(messagesOf(locale));
    // The name of the environment is what its configuration says, in every language.
    leftovers.delete(ENVIRONMENT_NAME);
    // What it looks for must be there: most sentences differ.
    expect(leftovers.size).toBeGreaterThan(300);
    const printed = walk.console.output().length;
    const found: string[] = [];
    for (const visitor of ['security-admin', 'nobody'] as const) {
      const context = await contextOf(browser, walk, visitor);
      await context.addCookies([{ name: 'locale', value: locale, url: walk.console.url }]);
      const seen = await observe(context);
      const page = await context.newPage();
      for (const { route } of pages) {
        const isInside = !/^\/(sign-in|setup|set-password)$/.test(route);
        if (isInside === (visitor === 'nobody')) continue;
        await page.goto(pathOf(route, fleet));
        await expect(page.locator('html')).toHaveAttribute('lang', locale);
        const look = async (name: string) => {
          const english = (await textsOf(page)).filter((text) => leftovers.has(text));
          found.push(...english.map((text) => `${route} ${name}: ${text}`));
        };
        await look('');
        if (isInside && !/\/(register|issue)$/.test(route)) await unfoldPage(page, look);
        expect(await page.title()).not.toBe('JITP Console');
      }
      expect(seen.complaints).toEqual([]);
      await context.close();
    }
    expect(found).toEqual([]);
    expect(walk.console.output().slice(printed)).not.toMatch(/MISSING_MESSAGE|FORMATTING_ERROR/);
  });
}

test('the language is chosen by its own name and kept', async ({ walk, browser }) => {
  const context = await contextOf(browser, walk, 'security-admin');
  const page = await context.newPage();
  await page.goto('/operators');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(en.operators.title);
  await page.getByRole('button', { name: /^Language/ }).click();
  await page.getByRole('menuitemradio', { name: LOCALE_NAMES.ja }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(ja.operators.title);
  await expect(page.locator('html')).toHaveAttribute('lang', 'ja');
  const later = await context.newPage();
  await later.goto('/e/sandbox/things');
  await expect(later.locator('html')).toHaveAttribute('lang', 'ja');
  await context.close();
});

test('a browser that prefers Japanese gets it without asking', async ({ walk, browser }) => {
  const context = await contextOf(browser, walk, 'nobody', { locale: 'ja-JP' });
  const page = await context.newPage();
  await page.goto('/sign-in');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(ja.entry.signIn.title);
  await context.close();
});

/** What is written on the page, and what screen readers say beyond that. */
function textsOf(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const texts: string[] = [document.title];
    const nodes = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (nodes.nextNode()) {
      if (!nodes.currentNode.parentElement?.closest('script, style'))
        texts.push(nodes.currentNode.nodeValue ?? '');
    }
    for (const element of document.body.querySelectorAll('*')) {
      for (const name of ['aria-label', 'placeholder', 'title', 'data-label', 'alt']) {
        texts.push(element.getAttribute(name) ?? '');
      }
    }
    return texts.map((text) => text.trim());
  });
}

/** The English texts without parameters whose translation is another. */
function englishOnly(messages: unknown): Set<string> {
  const texts = new Set<string>();
  const kept = new Set<string>();
  const walkThrough = (source: unknown, translated: unknown) => {
    if (typeof source === 'string') {
      if (source === translated) kept.add(source);
      else if (!/[{<]/.test(source)) texts.add(source);
    } else if (typeof source === 'object' && source !== null) {
      for (const [key, value] of Object.entries(source))
        walkThrough(value, Reflect.get(Object(translated), key));
    }
  };
  walkThrough(en, messages);
  // A word that stays in English in one place may be shown from there.
  return new Set([...texts].filter((text) => !kept.has(text)));
}
