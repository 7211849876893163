/**
 * What AWS has of the things that devices of a list would get.
 * @module
 */
import {
  NAMES_MAX,
  type RegistryAnswer,
  registryAnswer,
  registryAnswerUrl,
} from '@/components/device/registry-answer';
import type { BatchDevice } from '@/lib/batch/batch-device';

/** Some seconds of the environment's token bucket, in which others work too. */
export const THINGS_ASKED_MAX = 40;

/** `asked`: those that AWS answered about. `named`: those whose thing's name is known, so that it could be asked about. */
export type AwsFindings = { found: BatchDevice[]; asked: number; named: number };

/** Whose things AWS has already: every call is a token of the environment's bucket, so a long list is asked about in part. */
export async function askThings(
  things: ReadonlyMap<BatchDevice, string>,
  registryUrl: string,
  signal: AbortSignal,
): Promise<AwsFindings & { isPartial: boolean }> {
  const all = [...things];
  const step = Math.max(1, all.length / THINGS_ASKED_MAX);
  const sample = Array.from(
    { length: Math.min(all.length, THINGS_ASKED_MAX) },
    (_, index) => all[Math.floor(index * step)],
  ).flatMap((entry) => (entry === undefined ? [] : [entry]));
  const found: BatchDevice[] = [];
  let asked = 0;
  for (let at = 0; at < sample.length && !signal.aborted; at += NAMES_MAX) {
    const some = sample.slice(at, at + NAMES_MAX);
    const names = { things: some.map(([, thing]) => thing), policies: [], commonName: '' };
    const answer = await fetchAnswer(registryAnswerUrl(registryUrl, names), signal);
    for (const [device, thing] of some) {
      if (answer === undefined || !Object.hasOwn(answer.things, thing)) continue;
      asked += 1;
      if (answer.things[thing]) found.push(device);
    }
  }
  return { found, asked, named: all.length, isPartial: asked < sample.length };
}

/** @returns undefined where the console's server or the session is not there */
export async function fetchAnswer(url: string, signal: AbortSignal): Promise<RegistryAnswer | undefined> {
  try {
    const response = await fetch(url, { signal });
    if (!response.ok || response.redirected) return undefined;
    const parsed = registryAnswer.safeParse(await response.json());
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}
