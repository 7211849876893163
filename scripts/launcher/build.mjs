/**
 * Builds what is served: Next's production build, and the bundles that run outside it.
 * @module
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { buildAloneWhenStale } from './build-lock.mjs';
import { bundle, bundleWhenStale } from './bundle.mjs';
import { ROOT, stamp } from './sources.mjs';

export async function buildAll() {
  await bundle();
  await buildConsole();
}

export async function buildWhenStale() {
  await bundleWhenStale();
  await buildAloneWhenStale('console', buildConsole);
}

/** @param {{ onStart?(child: import('node:child_process').ChildProcess): void }} [options] */
export async function buildConsole({ onStart } = {}) {
  const startedAt = Date.now();
  const child = spawn(process.execPath, [path.join(ROOT, 'scripts/children/build.mjs')], {
    cwd: ROOT,
    env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
    detached: true,
    stdio: ['ignore', 2, 2, 'ipc'],
  });
  onStart?.(child);
  const code = await new Promise((resolve) => child.once('exit', resolve));
  if (code !== 0 || !existsSync(path.join(ROOT, '.next/BUILD_ID')))
    throw new Error('The console cannot be built. What the build wrote stands above.');
  stamp('console', startedAt);
}
