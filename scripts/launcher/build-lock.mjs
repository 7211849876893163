/**
 * One builder per checkout: two first starts on different data would write `dist/` and `.next/` over each other.
 * @module
 */
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { isStale, ROOT } from './sources.mjs';

const LOCK = path.join(ROOT, 'dist/build.lock');

const POLL_INTERVAL_MS = 300;

/**
 * Builds unless `what` is as new as its sources, alone in this checkout: whoever builds is waited for, and then often nothing is stale.
 * @param {'console' | 'bundles'} what
 * @param {() => Promise<void>} build
 */
export async function buildAloneWhenStale(what, build) {
  // Asked before the lock too, so that a checkout that is built may be read-only.
  if (!isStale(what)) return;
  await take();
  // The exit of a builder that is told to stop comes without its finally.
  process.once('exit', release);
  try {
    if (isStale(what)) await build();
  } finally {
    process.off('exit', release);
    release();
  }
}

async function take() {
  mkdirSync(path.dirname(LOCK), { recursive: true });
  let isAnnounced = false;
  while (!create()) {
    const holder = holderPid();
    if (holder !== undefined && !isAlive(holder)) {
      dropStale(holder);
    } else {
      if (!isAnnounced) console.error('Another start is building in this folder; waiting for it to end.');
      isAnnounced = true;
      await delay(POLL_INTERVAL_MS);
    }
  }
}

function create() {
  try {
    writeFileSync(LOCK, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

/** Undefined: released meanwhile, or its holder has not written its number yet. */
function holderPid() {
  try {
    return Number(readFileSync(LOCK, 'utf8')) || undefined;
  } catch {
    return undefined;
  }
}

/** Of several that find the same dead holder, one moves its lock away; a living one's that was caught instead goes back. */
function dropStale(holder) {
  const aside = `${LOCK}.${process.pid}`;
  try {
    renameSync(LOCK, aside);
    if (Number(readFileSync(aside, 'utf8')) === holder) rmSync(aside);
    else renameSync(aside, LOCK);
  } catch {
    // Somebody else was first.
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function release() {
  if (holderPid() === process.pid) rmSync(LOCK, { force: true });
}
