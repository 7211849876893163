import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('.', import.meta.url));

const resolve = {
  alias: [
    // `server-only` throws wherever it is not bundled by Next; a test of server code is such a place.
    { find: 'server-only', replacement: `${root}lib/testing/server-only.ts` },
    { find: /^@\//, replacement: root },
  ],
};

const env = {
  TZ: 'UTC',
  // The SDK's releases of 2027 want Node 22; ours is pinned below them.
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
};

/** Real processes, sockets and OpenSSL: slower, and named so that the unit tests can run without them. */
const INTEGRATION = '{lib,scripts,app}/**/*.integration.test.ts';

export default defineConfig({
  test: {
    // Most tests wait for processes and sockets; by default two cores would get one worker.
    maxWorkers: 2,
    projects: [
      {
        resolve,
        test: {
          name: 'unit',
          include: ['{lib,messages,scripts}/**/*.test.ts', 'components/**/*.test.{ts,tsx}'],
          exclude: [INTEGRATION],
          env,
          testTimeout: 60_000,
        },
      },
      {
        resolve,
        test: {
          name: 'integration',
          include: [INTEGRATION],
          env,
          testTimeout: 240_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
