/**
 * `npm run sandbox`: the sandbox alone, in this process, so that a signal to it is one to the sandbox. Standard output is its one line
 * of JSON. What is wrong with a setting or a port, the sandbox says itself.
 * @module
 */
import { bundleWhenStale } from './launcher/bundle.mjs';
import { endWithNpm } from './launcher/parent.mjs';

endWithNpm();
try {
  await bundleWhenStale();
  await import('../dist/sandbox.mjs');
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
