import { readdirSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { ROOT } from './sources.mjs';

/**
 * Bundles every `*.ts` that lies in a directory itself, each a process of its own, into the same directory below `dist/`.
 *
 * @param {string} directory relative to the root
 * @returns {Promise<string>} URL of the bundle of its `main.ts`
 */
export async function bundleBench(directory) {
  const names = readdirSync(path.join(ROOT, directory)).filter((name) => name.endsWith('.ts'));
  const outdir = path.join(ROOT, 'dist', directory);
  await build({
    absWorkingDir: ROOT,
    entryPoints: names.map((name) => path.join(directory, name)),
    outdir,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    // The guard against server code in a page; a bench is no page.
    alias: { 'server-only': path.join(ROOT, 'node_modules/server-only/empty.js') },
    logLevel: 'warning',
    outExtension: { '.js': '.mjs' },
  });
  return pathToFileURL(path.join(outdir, 'main.mjs')).href;
}
