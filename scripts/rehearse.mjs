/**
 * `npm run rehearse -- BUNDLE`: connects with the bundle of a device, from this machine, and says step by step how far it comes. Its
 * key stays here.
 * @module
 */
import { bundleWhenStale } from './launcher/bundle.mjs';

try {
  await bundleWhenStale();
  await import('../dist/rehearse.mjs');
} catch (error) {
  console.error(error.message);
  process.exitCode = 2;
}
