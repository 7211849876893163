/**
 * npm passes SIGTERM on to the shell between it and us; where that shell is dash it ends and leaves us without parent.
 * @module
 */

const POLL_INTERVAL_MS = 500;

const OWN_SCRIPTS = new Set(['start', 'dev', 'sandbox']);

/** Started by `npm run`, this process gets SIGTERM when the shell that npm put in front of it is gone. */
export function endWithNpm() {
  if (!OWN_SCRIPTS.has(process.env.npm_lifecycle_event)) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    process.kill(process.pid, 'SIGTERM');
  }, POLL_INTERVAL_MS);
  timer.unref();
}
