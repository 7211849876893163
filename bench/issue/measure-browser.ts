/**
 * What the browser's processes use, as the kernel counts it (Linux).
 * @module
 */
import { readFileSync } from 'node:fs';
import type { CDPSession } from '@playwright/test';

/** Each costs the browser some of what is measured. */
const SAMPLE_INTERVAL_MS = 250;
const BYTES_PER_KB = 1024;

export type BrowserUse = {
  /** Of all processes together. */
  cpuSeconds: number;
  /** Most that the page's process had for itself at once, which is what Chromium's task manager shows; undefined elsewhere than on Linux. */
  pageBytesMax: number | undefined;
};

/** While `work` runs. */
export async function measured<Value>(
  session: CDPSession,
  work: () => Promise<Value>,
): Promise<{ value: Value; use: BrowserUse }> {
  const before = sum(cpuSeconds(await processes(session)));
  const last = new Map<number, number>();
  let isDone = false;
  let pageBytesMax: number | undefined;
  const sampling = (async () => {
    while (!isDone) {
      const running = await processes(session);
      for (const [pid, seconds] of cpuSeconds(running)) last.set(pid, seconds);
      const bytes = pageBytes(running);
      if (bytes !== undefined) pageBytesMax = Math.max(pageBytesMax ?? 0, bytes);
      await new Promise((resolve) => setTimeout(resolve, SAMPLE_INTERVAL_MS));
    }
  })();
  try {
    const value = await work();
    for (const [pid, seconds] of cpuSeconds(await processes(session))) last.set(pid, seconds);
    return { value, use: { cpuSeconds: sum(last) - before, pageBytesMax } };
  } finally {
    isDone = true;
    await sampling;
  }
}

type RunningProcess = { id: number; type: string; cpuTime: number };

async function processes(session: CDPSession): Promise<RunningProcess[]> {
  return (await session.send('SystemInfo.getProcessInfo')).processInfo;
}

/** By process; one that has ended, as a frame's does, counts as it was seen last. */
function cpuSeconds(running: readonly RunningProcess[]): Map<number, number> {
  return new Map(running.map(({ id, cpuTime }) => [id, cpuTime]));
}

function sum(seconds: ReadonlyMap<number, number>): number {
  return [...seconds.values()].reduce((all, each) => all + each, 0);
}

function pageBytes(running: readonly RunningProcess[]): number | undefined {
  const renderers = running.filter(({ type }) => type === 'renderer').map(({ id }) => ownBytes(id));
  // Spare renderers lie beside the page's; the page's is the big one.
  return renderers.reduce<number | undefined>(
    (most, bytes) => (bytes === undefined ? most : Math.max(most ?? 0, bytes)),
    undefined,
  );
}

function ownBytes(pid: number): number | undefined {
  try {
    const line = /^RssAnon:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return line === undefined ? undefined : Number(line) * BYTES_PER_KB;
  } catch {
    // It has ended meanwhile, or this is no Linux.
    return undefined;
  }
}
