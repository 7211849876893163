/**
 * `npm run soak`: kills the sandbox under load 50 times and holds 10 000 idle TLS connections. `--seed N` repeats a run, `--kills N` and
 * `--connections N` make it shorter.
 * @module
 */
import path from 'node:path';
import { bundleWhenStale } from './launcher/bundle.mjs';
import { bundleBench } from './launcher/bundle-bench.mjs';

await bundleWhenStale();
await import(await bundleBench(path.join('bench', 'soak')));
