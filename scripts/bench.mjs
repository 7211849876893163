/**
 * `npm run bench -- NAME [--quick]`: measures one part of the product against a floor or a peer in the same run. Prints a table and
 * writes the numbers to `.data/bench/NAME.json`.
 * @module
 */
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { bundleWhenStale } from './launcher/bundle.mjs';
import { bundleBench } from './launcher/bundle-bench.mjs';
import { ROOT } from './launcher/sources.mjs';

const name = process.argv[2] ?? '';
const entry = path.join(ROOT, 'bench', name, 'main.ts');
if (!/^[a-z-]+$/.test(name) || !existsSync(entry)) {
  const names = readdirSync(path.join(ROOT, 'bench')).filter((known) =>
    existsSync(path.join(ROOT, 'bench', known, 'main.ts')),
  );
  console.error(`Usage: npm run bench -- NAME, where NAME is one of: ${names.join(', ')}`);
  process.exit(2);
}
await bundleWhenStale();
await import(await bundleBench(path.join('bench', name)));
