/**
 * What the server does besides answering requests. Next loads this before the settings are known, so it only leaves word of what to
 * begin; the console's process begins it once it listens (`scripts/children/console.mjs`).
 * @module
 */

declare global {
  var jitpConsoleBegin: (() => Promise<void>) | undefined;
}

export function register(): void {
  // biome-ignore lint/style/noProcessEnv: Next's own way to leave what follows out of the bundle for other runtimes
  if (process.env['NEXT_RUNTIME'] !== 'nodejs') return;
  globalThis.jitpConsoleBegin = async () => {
    const { startSweepSchedule } = await import('@/lib/actions/sweep-schedule');
    startSweepSchedule();
  };
}
