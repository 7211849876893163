/**
 * Whether what was built is older than what it was built from.
 * @module
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

export const ROOT = path.resolve(import.meta.dirname, '../..');

/** What the console is built from. */
const CONSOLE_SOURCES = [
  'app',
  'components',
  'lib',
  'messages',
  'public',
  'proxy.ts',
  'instrumentation-client.ts',
  'next.config.js',
  'postcss.config.mjs',
  'tsconfig.json',
  'package-lock.json',
];

/** What the bundles beside it are built from. */
const BUNDLE_SOURCES = ['lib', 'scripts/launcher/bundle.mjs', 'tsconfig.json', 'package-lock.json'];

const STAMPS = {
  console: {
    file: path.join(ROOT, '.next/jitp-console-build.json'),
    sources: CONSOLE_SOURCES,
    result: '.next/BUILD_ID',
  },
  bundles: { file: path.join(ROOT, 'dist/build.json'), sources: BUNDLE_SOURCES, result: 'dist/sandbox.mjs' },
};

/** @param {'console' | 'bundles'} what */
export function isStale(what) {
  const { file, sources, result } = STAMPS[what];
  if (!existsSync(path.join(ROOT, result))) return true;
  const builtFrom = readStamp(file);
  return sources.some((source) => newestChange(path.join(ROOT, source)) > builtFrom);
}

/**
 * Notes that `what` was built.
 * @param {'console' | 'bundles'} what
 * @param {number} startedAt - when the build began, in ms: what changed after that is not in it
 */
export function stamp(what, startedAt) {
  mkdirSync(path.dirname(STAMPS[what].file), { recursive: true });
  writeFileSync(STAMPS[what].file, JSON.stringify({ startedAt }));
}

function readStamp(file) {
  try {
    return Number(JSON.parse(readFileSync(file, 'utf8')).startedAt) || 0;
  } catch {
    // Never built, or half written: build.
    return 0;
  }
}

/** Newest change below `entry`, folders included, because a deleted file leaves its trace only there. */
function newestChange(entry) {
  const stats = statSync(entry, { throwIfNoEntry: false });
  if (stats === undefined) return 0;
  if (!stats.isDirectory()) return /\.test\.tsx?$/.test(entry) ? 0 : stats.mtimeMs;
  return readdirSync(entry).reduce(
    (newest, name) => Math.max(newest, newestChange(path.join(entry, name))),
    stats.mtimeMs,
  );
}
