/**
 * The processes the launcher starts: it waits for each to be ready, ends all when one ends, and leaves none behind.
 * @module
 */
import { fork } from 'node:child_process';
import path from 'node:path';
import { ROOT } from './sources.mjs';

/** What a process may take to end by itself before it is killed. */
const STOP_TIMEOUT_MS = 5000;

const STOP_ORDER = ['prepare', 'console', 'sandbox', 'database'];

/** @param {{ onUnexpectedEnd(sentence: string): void }} options */
export function createChildren({ onUnexpectedEnd }) {
  const running = new Map();
  let stopping = false;

  /**
   * Starts `scripts/children/<name>.mjs` and waits until it says that it is ready: by a message, or, with `readyLine`, by a line of
   * JSON on its standard output.
   *
   * @param {{ name: string, title: string, env: NodeJS.ProcessEnv, args?: string[], readyLine?: boolean }} child
   * @returns {Promise<unknown>} what it said
   * @throws {Error} a sentence, when it ended before
   */
  function start({ name, title, env, args = [], readyLine = false }) {
    const child = fork(path.join(ROOT, 'scripts/children', `${name}.mjs`), args, {
      cwd: ROOT,
      env,
      // Its own process group: Ctrl-C reaches the launcher alone, which ends the others in order.
      detached: true,
      stdio: ['ignore', readyLine ? 'pipe' : 2, 2, 'ipc'],
      execArgv: [],
    });
    running.set(name, child);
    return new Promise((resolve, reject) => {
      let isReady = false;
      let reason;
      const onReady = (value) => {
        isReady = true;
        resolve(value);
      };
      child.on('message', (message) => {
        if (message?.failed !== undefined) reason = message.failed;
        if (message?.ready === true) onReady(message.value);
      });
      if (readyLine) onFirstLine(child.stdout, (line) => onReady(JSON.parse(line)));
      child.on('exit', (code, signal) => {
        running.delete(name);
        const how = signal === null ? `exit code ${code}` : `signal ${signal}`;
        if (!isReady) {
          reject(
            new Error(reason ?? `${title} ended before it was ready (${how}). What it wrote stands above.`),
          );
        } else if (!stopping && name !== 'prepare') {
          onUnexpectedEnd(
            `${title} ended unexpectedly (${how}), so everything is stopped. What it wrote stands above.`,
          );
        }
      });
    });
  }

  /** Sends a message to one that runs; one that ended meanwhile is told of elsewhere. */
  function tell(name, message) {
    running.get(name)?.send(message, () => {});
  }

  /** Ends them all, each before those it depends on. */
  async function stopAll() {
    stopping = true;
    for (const name of STOP_ORDER) await end(running.get(name));
  }

  /** Ends them all at once. */
  function killAll() {
    stopping = true;
    for (const child of running.values()) killGroup(child);
  }

  return { start, tell, stopAll, killAll };
}

/** What follows the first line is let through to standard error. */
function onFirstLine(stream, heard) {
  let text = '';
  let isHeard = false;
  stream.setEncoding('utf8').on('data', (chunk) => {
    text += chunk;
    const end = text.indexOf('\n');
    if (!isHeard && end < 0) return;
    if (!isHeard) heard(text.slice(0, end));
    process.stderr.write(isHeard ? text : text.slice(end + 1));
    isHeard = true;
    text = '';
  });
}

async function end(child) {
  if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const timer = setTimeout(() => killGroup(child), STOP_TIMEOUT_MS);
  await ended;
  clearTimeout(timer);
}

/** Kills a child that leads a process group, with all it started. */
export function killGroup(child) {
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // Already gone.
  }
}
