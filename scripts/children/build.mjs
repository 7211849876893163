/**
 * Next's production build, as a process that ends with the launcher. (The guard is imported here and not given by `--import`, which
 * the build would hand on to its own workers.)
 * @module
 */
import './guard.mjs';
import { createRequire } from 'node:module';

const cli = createRequire(import.meta.url).resolve('next/dist/bin/next');
process.argv = [process.execPath, cli, 'build'];
await import(cli);
