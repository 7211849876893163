/**
 * The bench's page on a free port of this machine, which makes it a secure context.
 * @module
 */
import { createServer } from 'node:http';
import { pageScript } from '@/bench/page-script';

/** As the console's: nothing from elsewhere, frames and workers of its own only. */
const POLICY = "default-src 'self'; script-src 'self' 'nonce-bench' 'strict-dynamic'; worker-src 'self'";
const HTML =
  '<!doctype html><meta charset="utf-8"><title>issue</title><script type="module" nonce="bench" src="/page.js"></script>';
const SCRIPTS = {
  '/page.js': 'bench/issue/issue-page.ts',
  '/pki.worker.js': 'lib/browser/pki.worker.ts',
  // Where the worker looks for them, seen from its own address.
  '/batch/files.worker.ts': 'lib/browser/batch/files.worker.ts',
  '/batch/keys.worker.ts': 'lib/browser/batch/keys.worker.ts',
  '/ceiling.worker.js': 'bench/issue/ceiling.worker.ts',
};

export async function servePage(): Promise<{ url: string; close(): void }> {
  const scripts = new Map<string, string>();
  for (const [address, entry] of Object.entries(SCRIPTS)) scripts.set(address, await pageScript(entry));
  const server = createServer(({ url = '/' }, response) => {
    const script = scripts.get(url);
    response.setHeader('content-security-policy', POLICY);
    response.setHeader('content-type', script === undefined ? 'text/html' : 'text/javascript');
    response.end(script ?? HTML);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}/`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
