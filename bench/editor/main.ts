/**
 * `npm run bench -- editor`: typing into the largest template that AWS takes, in headless Chromium. Measured is the time from
 * a key until every view and the findings say the new text. `--keys N` (200), `--quick` (few: shows that it runs).
 * @module
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { chromium, type Page } from '@playwright/test';
import { chromiumPath } from '@/scripts/testing/tools.mjs';
import { buildEditorPage, htmlOf } from './build-page';
import { largestTemplate } from './largest-template';

const MEDIAN_MS_MAX = 16;
const P95_MS_MAX = 50;
/** No server: the page is answered from here. */
const ADDRESS = 'http://localhost:9/';

const { values } = parseArgs({
  args: process.argv.slice(3),
  options: { keys: { type: 'string' }, quick: { type: 'boolean', default: false } },
});
const keys = Number(values.keys ?? (values.quick ? 20 : 200));

type Measured = { where: string; medianMs: number; p95Ms: number; longestTaskMs: number };

const page = await buildEditorPage();
const body = largestTemplate();
const browser = await chromium.launch({
  executablePath: chromiumPath() ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-dev-shm-usage'],
});
try {
  const rows: Measured[] = [];
  const places: [string, (tab: Page) => Promise<void>][] = [
    ['template', intoTemplate],
    ['registration config', intoConfig],
    ['drawing', intoDrawing],
  ];
  for (const [where, go] of places) {
    const tab = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await tab.route(`${ADDRESS}**`, (route) =>
      route.fulfill({ contentType: 'text/html', body: htmlOf(page, body) }),
    );
    await tab.goto(ADDRESS);
    await go(tab);
    rows.push({ where, ...(await typeInto(tab)) });
    await tab.close();
  }
  report(rows);
} finally {
  await browser.close();
}

async function intoTemplate(tab: Page): Promise<void> {
  await caretBehind(tab, 'Template', 'topic/p4/');
}

async function intoConfig(tab: Page): Promise<void> {
  await tab.getByRole('button', { name: 'Registration config' }).click();
  await caretBehind(tab, 'Registration config', 'topic/p4/');
}

async function intoDrawing(tab: Page): Promise<void> {
  await tab.getByRole('textbox', { name: 'Value of attribute version' }).focus();
}

async function caretBehind(tab: Page, label: string, text: string): Promise<void> {
  const area = tab.getByRole('textbox', { name: label, exact: true });
  await area.focus();
  await area.evaluate((element, wanted) => {
    if (!(element instanceof HTMLTextAreaElement)) throw new Error('not a text field');
    const at = element.value.indexOf(wanted) + wanted.length;
    element.setSelectionRange(at, at);
  }, text);
}

/** Types letters one by one, each after the views have followed the one before. */
async function typeInto(tab: Page): Promise<Omit<Measured, 'where'>> {
  await tab.evaluate(() => {
    const state = { began: 0, tookMs: [] as number[], longestMs: 0 };
    Object.assign(globalThis, { bench: state });
    window.addEventListener('keydown', () => (state.began = performance.now()), { capture: true });
    const strip = document.querySelector('[data-sizes]');
    if (strip === null) throw new Error('nothing tells when the views have followed');
    const note = () => state.tookMs.push(performance.now() - state.began);
    new MutationObserver(note).observe(strip, { subtree: true, childList: true, characterData: true });
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) state.longestMs = Math.max(state.longestMs, duration);
    }).observe({ type: 'longtask' });
  });
  // The first ones warm up the engine and are not counted.
  const warmUp = Math.min(20, keys);
  for (let key = 0; key < keys + warmUp; key += 1) {
    const done = await tab.evaluate(() => Reflect.get(globalThis, 'bench').tookMs.length);
    await tab.keyboard.press(key % 2 === 0 ? 'a' : 'Backspace');
    await tab.waitForFunction((before) => Reflect.get(globalThis, 'bench').tookMs.length > before, done);
    if (key === warmUp)
      await tab.evaluate(() => Object.assign(Reflect.get(globalThis, 'bench'), { longestMs: 0 }));
  }
  const { tookMs, longestMs }: { tookMs: number[]; longestMs: number } = await tab.evaluate(() =>
    Reflect.get(globalThis, 'bench'),
  );
  const sorted = tookMs.slice(warmUp).toSorted((left, right) => left - right);
  const at = (share: number) => sorted[Math.min(Math.floor(sorted.length * share), sorted.length - 1)] ?? 0;
  return { medianMs: at(0.5), p95Ms: at(0.95), longestTaskMs: longestMs };
}

function report(rows: readonly Measured[]): void {
  console.log(
    `A template of ${body.length} characters; ${keys} keys in each view, two views and the findings on the page.`,
  );
  console.table(
    Object.fromEntries(
      rows.map(({ where, medianMs, p95Ms, longestTaskMs }) => [
        where,
        {
          'median ms': medianMs.toFixed(1),
          'p95 ms': p95Ms.toFixed(1),
          'longest task over 50 ms': longestTaskMs === 0 ? 'none' : longestTaskMs.toFixed(0),
          [`under ${MEDIAN_MS_MAX} and ${P95_MS_MAX} ms`]:
            medianMs <= MEDIAN_MS_MAX && p95Ms <= P95_MS_MAX ? 'yes' : 'NO',
        },
      ]),
    ),
  );
  const file = path.resolve('.data/bench/editor.json');
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(rows, null, 2)}\n`);
  console.log(`The numbers are in ${file}.`);
}
