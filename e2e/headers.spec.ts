/** What every answer says to browsers, what pages do behind the user's back, and under which names the console answers. */

import { request as httpRequest } from 'node:http';
import { expect } from '@playwright/test';
import { readEntrances } from './walk/entrances';
import { observe } from './walk/observe';
import { contextOf, pathOf, test } from './walk/walk-test';

const { pages } = readEntrances();

test('every answer carries the headers that keep a page to itself', async ({ walk, fleet, playwright }) => {
  const request = await playwright.request.newContext({ storageState: walk.states['security-admin'] });
  const nonces = new Set<string>();
  const paths = [...pages.map(({ route }) => pathOf(route, fleet)), '/nowhere', '/e/nowhere/things'];
  for (const path of paths) {
    const answer = await request.get(`${walk.console.url}${path}`, { maxRedirects: 0 });
    const headers = answer.headers();
    const policy = headers['content-security-policy'] ?? '';
    const nonce = /script-src 'self' 'nonce-([^']+)' 'strict-dynamic';/.exec(policy)?.[1] ?? '';
    expect(nonce, path).not.toBe('');
    nonces.add(nonce);
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain("default-src 'self'");
    expect(policy).not.toMatch(/unsafe-eval|script-src[^;]*unsafe-inline|https?:/);
    expect(headers, path).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
    });
    // Browsers ignore it over plain HTTP, and a loopback name must never be bound to TLS.
    expect(headers).not.toHaveProperty('strict-transport-security');
    expect(headers).not.toHaveProperty('x-powered-by');
    const scripts = [...(await answer.text()).matchAll(/<script\b[^>]*>/g)].map(([tag]) => tag);
    for (const tag of scripts) expect(tag, path).toContain(`nonce="${nonce}"`);
  }
  expect(nonces.size, 'a nonce is used once').toBe(paths.length);
  await request.dispose();
});

test('no page breaks its own policy, complains, or asks anybody else for anything', async ({
  walk,
  fleet,
  browser,
}) => {
  const context = await contextOf(browser, walk, 'security-admin');
  const seen = await observe(context);
  const page = await context.newPage();
  for (const { route, kind } of pages) {
    if (kind === 'handler') continue;
    await page.goto(pathOf(route, fleet));
    await page.waitForLoadState('networkidle');
  }
  await context.close();
  expect(seen.complaints).toEqual([]);
  expect([...seen.origins]).toEqual([walk.console.url]);
});

test('the observer hears a script that the policy refuses', async ({ walk, browser }) => {
  const context = await contextOf(browser, walk, 'nobody');
  const seen = await observe(context);
  const page = await context.newPage();
  await page.goto('/sign-in');
  await page.evaluate(() =>
    document.body.insertAdjacentHTML('beforeend', '<img src="https://elsewhere.example/x.png" alt="">'),
  );
  await expect.poll(() => seen.complaints.join('\n')).toContain('img-src https://elsewhere.example');
  await context.close();
});

test('an unknown address gets our own page, and the way back', async ({ walk, browser }) => {
  for (const [visitor, path] of [
    ['nobody', '/nowhere'],
    ['support', '/e/sandbox/nowhere'],
    ['support', '/e/nowhere'],
  ] as const) {
    const context = await contextOf(browser, walk, visitor);
    const page = await context.newPage();
    const answer = await page.goto(path);
    expect(answer?.status()).toBe(404);
    await expect(page.getByRole('heading', { level: 1, name: 'There is nothing here' })).toBeVisible();
    await expect(page.getByRole('link', { name: 'Go to the overview' })).toBeVisible();
    await context.close();
  }
});

test('the console answers under its own name only', async ({ walk }) => {
  const { port } = new URL(walk.console.url);
  for (const host of [
    'attacker.example',
    `attacker.example:${port}`,
    `localhost.attacker.example:${port}`,
    'localhost:1',
  ]) {
    expect(await statusUnder(walk.console.url, 'POST', host), host).toBeGreaterThanOrEqual(400);
  }
  expect(await statusUnder(walk.console.url, 'GET', `attacker.example:${port}`)).toBe(421);
  expect(await statusUnder(walk.console.url, 'GET', `localhost:${port}`)).toBe(307);
});

/** `fetch` sets Host itself. */
function statusUnder(url: string, method: string, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    httpRequest(url, { method, headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    })
      .on('error', reject)
      .end();
  });
}
