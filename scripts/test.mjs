/**
 * `npm test`: every check, from the cheapest to the dearest. All of them run even when one fails, so that one run shows
 * everything; the last line adds up the tests that really ran.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { provideTools } from './testing/tools.mjs';

const root = path.resolve(import.meta.dirname, '..');
const reports = mkdtempSync(path.join(tmpdir(), 'jitp-test-'));
const bin = (name) => path.join(root, 'node_modules', '.bin', name);
const environment = { ...process.env, NEXT_TELEMETRY_DISABLED: '1', TZ: 'UTC' };

const vitestReport = path.join(reports, 'vitest.json');
const playwrightReport = path.join(reports, 'playwright.json');

/** A check counts no tests: it adds nothing when it passes, and one failure when it does not. */
const NO_TESTS = () => ({ passed: 0, failed: 0 });
const steps = [
  {
    name: 'format and lint, layers',
    command: [bin('biome'), ['check', '--error-on-warnings', '.']],
    count: NO_TESTS,
  },
  { name: 'route types', command: [bin('next'), ['typegen']], count: NO_TESTS },
  { name: 'types', command: [bin('tsc'), ['--noEmit']], count: NO_TESTS },
  { name: 'unused code', command: [bin('knip'), []], count: NO_TESTS },
  { name: 'build', command: [process.execPath, ['scripts/build.mjs']], count: NO_TESTS },
  {
    name: 'unit and integration tests',
    command: [
      bin('vitest'),
      ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${vitestReport}`],
    ],
    count: () => countVitest(vitestReport),
  },
  {
    name: 'end-to-end tests',
    command: [bin('playwright'), ['test', '-c', 'e2e/playwright.config.ts', '--reporter=list,json']],
    extra: { PLAYWRIGHT_JSON_OUTPUT_NAME: playwrightReport },
    count: () => countPlaywright(playwrightReport),
  },
];

const missing = provideTools();
if (missing.length > 0) {
  for (const sentence of missing) console.error(sentence);
  process.exit(1);
}

// What `npm run dev` once generated for routes that may be gone by now would count as part of the types.
rmSync(path.join(root, '.next/dev/types'), { recursive: true, force: true });

let passed = 0;
let failed = 0;
const faults = [];
for (const { name, command, extra, count } of steps) {
  console.log(`\n── ${name}`);
  const started = performance.now();
  const [program, parameters] = command;
  const { status } = spawnSync(program, parameters, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...environment, ...extra },
  });
  const counted = count();
  passed += counted.passed;
  // A runner that fails without a failed test (a crash, no test found) is a failure as well.
  const lost = status !== 0 && counted.failed === 0 ? 1 : 0;
  failed += counted.failed + lost;
  if (status !== 0) faults.push(name);
  console.log(
    `── ${name}: ${status === 0 ? 'ok' : 'FAILED'} in ${((performance.now() - started) / 1000).toFixed(1)} s`,
  );
}
rmSync(reports, { recursive: true, force: true });

if (faults.length > 0) console.log(`\nFailed: ${faults.join('; ')}`);
console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

/** A skipped test counts as failed: there are none in this project. */
function countVitest(file) {
  if (!existsSync(file)) return { passed: 0, failed: 0 };
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, numTotalTests } = JSON.parse(
    readFileSync(file, 'utf8'),
  );
  const unrun = numPendingTests + numTodoTests;
  return { passed: numPassedTests, failed: numTotalTests === 0 ? 1 : numFailedTests + unrun };
}

function countPlaywright(file) {
  if (!existsSync(file)) return { passed: 0, failed: 0 };
  const { stats } = JSON.parse(readFileSync(file, 'utf8'));
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky + stats.skipped };
}
