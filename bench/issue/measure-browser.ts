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
  /** Most that the page's own processes had in memory at once, what they share with others included; undefined elsewhere than on Linux. */
  pageBytesMax: number | undefined;
};

/** While `work` runs. */
export async function measured<Value>(
  session: CDPSession,
  work: () => Promise<Value>,
): Promise<{ value: Value; use: BrowserUse }> {
  const before = await cpuSeconds(session);
  let isDone = false;
  let pageBytesMax: number | undefined;
  const sampling = (async () => {
    while (!isDone) {
      const bytes = await pageBytes(session);
      if (bytes !== undefined) pageBytesMax = Math.max(pageBytesMax ?? 0, bytes);
      await new Promise((resolve) => setTimeout(resolve, SAMPLE_INTERVAL_MS));
    }
  })();
  try {
    const value = await work();
    return { value, use: { cpuSeconds: (await cpuSeconds(session)) - before, pageBytesMax } };
  } finally {
    isDone = true;
    await sampling;
  }
}

/** A process that has ended takes its time along; none of those measured here does. */
async function cpuSeconds(session: CDPSession): Promise<number> {
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  return processInfo.reduce((sum, { cpuTime }) => sum + cpuTime, 0);
}

async function pageBytes(session: CDPSession): Promise<number | undefined> {
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  const renderers = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => residentBytes(id));
  // Spare renderers lie beside the page's; the page's is the big one.
  return renderers.reduce<number | undefined>(
    (most, bytes) => (bytes === undefined ? most : Math.max(most ?? 0, bytes)),
    undefined,
  );
}

function residentBytes(pid: number): number | undefined {
  try {
    const line = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return line === undefined ? undefined : Number(line) * BYTES_PER_KB;
  } catch {
    // It has ended meanwhile, or this is no Linux.
    return undefined;
  }
}
