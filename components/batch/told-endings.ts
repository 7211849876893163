/**
 * Batches that this browser wrote out and of which the server does not know yet that they are delivered. Where the tab or the answer is
 * lost, the page that comes next tells it, or asks the person. Nothing of it is secret.
 * @module
 */
import { z } from 'zod';

/** Begins no draft's key: a draft is of one tab, and gone with it. */
const KEY = 'jitp-console/told-endings';

/** More than one at a time is rare; the oldest go first. */
const ENDINGS_MAX = 50;

const ending = z.object({
  environment: z.string(),
  batch: z.uuid(),
  manifestSha256: z.string(),
  /** The server was being told. False: a download was handed to the browser, and nobody has said that it is there. */
  isSaid: z.boolean(),
});
export type ToldEnding = z.output<typeof ending>;

const endings = z.array(ending).max(ENDINGS_MAX);

type Store = Pick<Storage, 'getItem' | 'setItem'>;

/** What stands there and cannot be read is taken for nothing. */
export function toldEndings(store: Store): readonly ToldEnding[] {
  try {
    return endings.safeParse(JSON.parse(store.getItem(KEY) ?? '[]')).data ?? [];
  } catch {
    return [];
  }
}

/** Before the server is told. A browser that keeps nothing only loses this safety. */
export function noteEnding(store: Store, told: ToldEnding): void {
  write(store, [...withoutBatch(store, told.batch), told].slice(-ENDINGS_MAX));
}

/** The server knows. */
export function dropEnding(store: Store, batch: string): void {
  write(store, withoutBatch(store, batch));
}

const withoutBatch = (store: Store, batch: string) =>
  toldEndings(store).filter((each) => each.batch !== batch);

function write(store: Store, kept: readonly ToldEnding[]): void {
  try {
    store.setItem(KEY, JSON.stringify(kept));
  } catch {
    // No room, or storage is forbidden: the batch can be resumed as ever.
  }
}
