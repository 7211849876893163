/**
 * `npm run build`: the console for production, and the bundles beside it. `--when-stale` builds only what is older than its sources.
 * @module
 */
import { buildAll, buildWhenStale } from './launcher/build.mjs';

try {
  await (process.argv.includes('--when-stale') ? buildWhenStale() : buildAll());
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
