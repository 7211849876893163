/**
 * The names of all things that AWS has, where they are few enough to be listed.
 * @module
 */
import {
  THING_PAGES_AT_ONCE_MAX,
  thingNamesAnswer,
  thingNamesUrl,
} from '@/components/device/registry-answer';
import { fetchParsed } from '@/lib/browser/fetch-parsed';

/**
 * 250 names a page (service model, `RegistryMaxResults`): 100 000 things, in about a minute and a half where the environment makes ten calls
 * a second, of which work in the background has half.
 */
export const THING_PAGES_MAX = 400;

/** A list that is corrected and given again within this time is compared with the same names; our choice. */
const KEPT_MS = 300_000;

/** `failed`: AWS or the console's server did not answer. `too-many`: there are more than were read. */
export type ThingListing = { names: ReadonlySet<string>; end: 'whole' | 'too-many' | 'failed' };

export type ThingLister = {
  /**
   * Goes on where an earlier call stopped or was aborted.
   *
   * @param onNames - told how many names there are by now
   */
  read(pagesMax: number, onNames: (names: number) => void, signal: AbortSignal): Promise<ThingListing>;
};

type Progress = {
  names: Set<string>;
  pages: number;
  token: string | undefined;
  isWhole: boolean;
  beganMs: number;
};

const begin = (nowMs: number): Progress => ({
  ...{ names: new Set(), pages: 0, token: undefined },
  ...{ isWhole: false, beganMs: nowMs },
});

/** @param nowMs - a clock that never runs backwards */
export function createThingLister(registryUrl: string, nowMs: () => number): ThingLister {
  let held = begin(nowMs());
  return {
    async read(pagesMax, onNames, signal) {
      if (nowMs() - held.beganMs > KEPT_MS) held = begin(nowMs());
      const progress = held;
      while (!progress.isWhole && progress.pages < pagesMax && !signal.aborted) {
        onNames(progress.names.size);
        const pages = Math.min(pagesMax - progress.pages, THING_PAGES_AT_ONCE_MAX);
        const url = thingNamesUrl(registryUrl, { token: progress.token, pages });
        const answer = await fetchParsed(url, thingNamesAnswer, signal);
        if (signal.aborted) break;
        if (answer === undefined || answer.kind === 'failed') {
          // A token may be what AWS does not take any more.
          held = begin(nowMs());
          return { names: progress.names, end: 'failed' };
        }
        for (const name of answer.names) progress.names.add(name);
        progress.pages += pages;
        if (answer.kind === 'end') progress.isWhole = true;
        else progress.token = answer.nextToken;
      }
      return { names: progress.names, end: progress.isWhole ? 'whole' : 'too-many' };
    },
  };
}
