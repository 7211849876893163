/**
 * Bundles what runs outside Next: the sandbox, and what the launcher needs of `lib`.
 * @module
 */
import path from 'node:path';
import { build } from 'esbuild';
import { buildAloneWhenStale } from './build-lock.mjs';
import { ROOT, stamp } from './sources.mjs';

const common = {
  absWorkingDir: ROOT,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  sourcemap: true,
  logLevel: 'warning',
  outExtension: { '.js': '.mjs' },
  outdir: 'dist',
  // The guard against server code in a page; outside Next there is no page.
  alias: { 'server-only': path.join(ROOT, 'node_modules/server-only/empty.js') },
};

/** Bundles into `dist/` unless that is as new as its sources. */
export async function bundleWhenStale() {
  await buildAloneWhenStale('bundles', bundle);
}

export async function bundle() {
  const startedAt = Date.now();
  await Promise.all([
    build({
      ...common,
      entryPoints: {
        settings: 'lib/config/settings.ts',
        prepare: 'lib/auth/prepare.ts',
        rehearse: 'lib/rehearsal/main.ts',
      },
      packages: 'external',
    }),
    build({
      ...common,
      entryPoints: { sandbox: 'lib/sandbox/main.ts' },
      // Some of its packages are CommonJS and call require for Node's own modules.
      banner: {
        js: "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);",
      },
    }),
  ]);
  stamp('bundles', startedAt);
}
