/**
 * The bench's page. Nothing listens: the browser's requests are answered where they are made, under a name that is a secure context.
 * @module
 */
import type { Page } from '@playwright/test';
import { pageScript } from '@/bench/page-script';

const ORIGIN = 'http://localhost:1';
/** As the console's: nothing from elsewhere, workers of its own only. */
const POLICY = "default-src 'self'; worker-src 'self'";
const HTML =
  '<!doctype html><meta charset="utf-8"><title>check</title><input type="file"><script type="module" src="/page.js"></script>';
const SCRIPTS = {
  '/page.js': 'bench/check/check-page.ts',
  '/pki.worker.js': 'lib/browser/pki.worker.ts',
  // Where the worker looks for them, seen from its own address.
  '/batch/files.worker.ts': 'lib/browser/batch/files.worker.ts',
  '/batch/keys.worker.ts': 'lib/browser/batch/keys.worker.ts',
};

export async function openPage(tab: Page): Promise<void> {
  const scripts = new Map<string, string>();
  for (const [address, entry] of Object.entries(SCRIPTS)) scripts.set(address, await pageScript(entry));
  await tab.context().route(`${ORIGIN}/**`, (route) => {
    const script = scripts.get(new URL(route.request().url()).pathname);
    return route.fulfill({
      body: script ?? HTML,
      contentType: script === undefined ? 'text/html' : 'text/javascript',
      headers: { 'content-security-policy': POLICY },
    });
  });
  await tab.goto(`${ORIGIN}/`);
  await tab.waitForFunction(() => 'bench' in globalThis);
}
