/**
 * `npm run build`: the console for production, and the bundles beside it.
 * @module
 */
import { buildAll } from './launcher/build.mjs';

try {
  await buildAll();
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
