/**
 * What AWS has of the things that devices of a list would get.
 * @module
 */
import { NAMES_MAX, registryAnswer, registryAnswerUrl } from '@/components/device/registry-answer';
import type { BatchDevice } from '@/lib/batch/batch-device';
import { fetchParsed } from '@/lib/browser/fetch-parsed';
import { THING_PAGES_MAX, type ThingLister } from './thing-list';

/** Some seconds of the environment's token bucket, in which others work too. */
export const THINGS_ASKED_MAX = 40;

/**
 * `asked`: those that AWS answered about. `named`: those whose thing's name is known, so that it could be asked about.
 * `way`: one call for each of them; the names of all of AWS's things, compared with each; or one call for each of a few spread over the
 * list, since the names of all things were `too-many` or could not be read.
 */
export type AwsFindings = {
  found: BatchDevice[];
  asked: number;
  named: number;
  way:
    | { kind: 'each' }
    | { kind: 'list'; things: number }
    | { kind: 'sample'; reason: 'too-many' | 'failed' };
};

type Asking = {
  registryUrl: string;
  lister: ThingLister;
  onNames: (names: number) => void;
  signal: AbortSignal;
};

/**
 * Whose things AWS has already. The fleet index is not asked: it takes twelve terms a query (AWS IoT Developer Guide, "Managing thing
 * indexing") where a page of the list has 250 names, is off in most accounts, and lags behind.
 */
export async function askThings(
  things: ReadonlyMap<BatchDevice, string>,
  asking: Asking,
): Promise<AwsFindings & { isPartial: boolean }> {
  const all = [...things];
  const named = all.length;
  if (named <= THINGS_ASKED_MAX) {
    const { found, asked } = await askEach(all, asking);
    return { found: [...found], asked, named, way: { kind: 'each' }, isPartial: asked < named };
  }
  // No more pages than calls that asking for each one would take.
  const pagesMax = Math.min(THING_PAGES_MAX, named);
  const { names, end } = await asking.lister.read(pagesMax, asking.onNames, asking.signal);
  const listed = all.flatMap(([device, thing]) => (names.has(thing) ? [device] : []));
  if (end === 'whole') {
    const way = { kind: 'list', things: names.size } as const;
    return { found: listed, asked: named, named, way, isPartial: false };
  }
  return { ...(await askSome(all, listed, asking)), named, way: { kind: 'sample', reason: end } };
}

/** @param listed - what is found already */
async function askSome(
  all: readonly [BatchDevice, string][],
  listed: readonly BatchDevice[],
  asking: Asking,
): Promise<Pick<AwsFindings, 'found' | 'asked'> & { isPartial: boolean }> {
  const known = new Set(listed);
  const rest = all.filter(([device]) => !known.has(device));
  const count = Math.min(rest.length, THINGS_ASKED_MAX);
  const step = Math.max(1, rest.length / THINGS_ASKED_MAX);
  const sample = Array.from({ length: count }, (_, index) => rest[Math.floor(index * step)]).flatMap(
    (entry) => (entry === undefined ? [] : [entry]),
  );
  const { found, asked } = await askEach(sample, asking);
  return {
    found: all.flatMap(([device]) => (known.has(device) || found.has(device) ? [device] : [])),
    asked: listed.length + asked,
    isPartial: asked < sample.length,
  };
}

/** One call for each: every call is a token of the environment's bucket. */
async function askEach(
  entries: readonly [BatchDevice, string][],
  { registryUrl, signal }: Asking,
): Promise<{ found: ReadonlySet<BatchDevice>; asked: number }> {
  const found = new Set<BatchDevice>();
  let asked = 0;
  for (let at = 0; at < entries.length && !signal.aborted; at += NAMES_MAX) {
    const some = entries.slice(at, at + NAMES_MAX);
    const names = { things: some.map(([, thing]) => thing), policies: [], commonName: '' };
    const answer = await fetchParsed(registryAnswerUrl(registryUrl, names), registryAnswer, signal);
    for (const [device, thing] of some) {
      if (answer === undefined || !Object.hasOwn(answer.things, thing)) continue;
      asked += 1;
      if (answer.things[thing]) found.add(device);
    }
  }
  return { found, asked };
}
