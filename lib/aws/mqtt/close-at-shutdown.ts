/**
 * What is open says goodbye when the process is asked to end.
 * @module
 */
import 'server-only';

const SIGNALS = ['SIGTERM', 'SIGINT'] as const;

declare global {
  // Next may load a module once per bundle; the signals are the process's.
  var jitpConsoleOpenAtShutdown: Set<() => Promise<void>> | undefined;
}

/**
 * @param close - must not throw
 * @returns forgets it
 */
export function closeAtShutdown(close: () => Promise<void>): () => void {
  globalThis.jitpConsoleOpenAtShutdown ??= new Set();
  const open = globalThis.jitpConsoleOpenAtShutdown;
  if (open.size === 0) for (const signal of SIGNALS) process.on(signal, closeAll);
  open.add(close);
  return () => {
    open.delete(close);
    if (open.size === 0) for (const signal of SIGNALS) process.removeListener(signal, closeAll);
  };
}

async function closeAll(signal: NodeJS.Signals): Promise<void> {
  await Promise.all([...(globalThis.jitpConsoleOpenAtShutdown ?? [])].map((close) => close()));
  // A signal that somebody listens to no longer ends the process by itself; the console's own listener does.
  if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
}
