/**
 * What a page says behind the user's back: broken rules of its own content policy, errors, and whom it talked to.
 * @module
 */
import type { BrowserContext } from '@playwright/test';

export type Observations = {
  /** Console errors and warnings, uncaught errors, policy violations; each with the page it happened on. */
  complaints: string[];
  /** Origins that were asked for anything. */
  origins: Set<string>;
};

/** Watches every page of the context from now on. */
export async function observe(context: BrowserContext): Promise<Observations> {
  const seen: Observations = { complaints: [], origins: new Set() };
  await context.exposeFunction('reportViolation', (text: string) => seen.complaints.push(text));
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      const report: unknown = Reflect.get(window, 'reportViolation');
      const text = `${location.pathname}: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`;
      if (typeof report === 'function') report(text);
    });
  });
  context.on('console', (message) => {
    if (message.type() !== 'error' && message.type() !== 'warning') return;
    seen.complaints.push(`${message.page()?.url()}: ${message.text()}`);
  });
  context.on('weberror', (error) => seen.complaints.push(`${error.page()?.url()}: ${error.error()}`));
  context.on('request', (request) => {
    const url = new URL(request.url());
    if (url.protocol !== 'data:' && url.protocol !== 'blob:') seen.origins.add(url.origin);
  });
  return seen;
}
