/**
 * What the browser's processes use, as the kernel counts it (Linux).
 * @module
 */
import { readFileSync } from 'node:fs';
import type { CDPSession } from '@playwright/test';

const SAMPLE_INTERVAL_MS = 100;
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
  const before = sum(await cpuSeconds(session));
  const last = new Map<number, number>();
  let isDone = false;
  let pageBytesMax: number | undefined;
  const sampling = (async () => {
    while (!isDone) {
      for (const [pid, seconds] of await cpuSeconds(session)) last.set(pid, seconds);
      const bytes = await pageBytes(session);
      if (bytes !== undefined) pageBytesMax = Math.max(pageBytesMax ?? 0, bytes);
      await new Promise((resolve) => setTimeout(resolve, SAMPLE_INTERVAL_MS));
    }
  })();
  try {
    const value = await work();
    for (const [pid, seconds] of await cpuSeconds(session)) last.set(pid, seconds);
    return { value, use: { cpuSeconds: sum(last) - before, pageBytesMax } };
  } finally {
    isDone = true;
    await sampling;
  }
}

/** By process; one that has ended, as a frame's does, counts as it was seen last. */
async function cpuSeconds(session: CDPSession): Promise<Map<number, number>> {
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  return new Map(processInfo.map(({ id, cpuTime }) => [id, cpuTime]));
}

function sum(seconds: ReadonlyMap<number, number>): number {
  return [...seconds.values()].reduce((all, each) => all + each, 0);
}

async function pageBytes(session: CDPSession): Promise<number | undefined> {
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  const renderers = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => ownBytes(id));
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
