import { createHmac, timingSafeEqual } from 'node:crypto';
import { invalidRequest } from '@/lib/sandbox/api-error';
import { BoundedCache } from '@/lib/sandbox/mqtt/bounded-cache';
import type { Scope } from '@/lib/sandbox/scope';

/** AWS's default for `pageSize` and `maxResults`. */
const PAGE_SIZE_DEFAULT = 25;

const SEAL_BYTES = 12;

export type PageRequest = {
  /** The operation and whatever else a token must not be carried over to, such as a filter. */
  of: readonly (string | boolean | undefined)[];
  token: string | undefined;
  size: number | undefined;
  /** Newest first unless asked otherwise, as certificates, CAs and policies are listed. */
  descending?: boolean;
};

export type Page<Item> = { items: Item[]; next: string | undefined };

type PageSource<Item> = Iterable<Item> | ((last: number | string | undefined) => Iterable<Item>);

/**
 * One page of `items`, which come in ascending order of `keyOf`. Where there are many, they are given as a function that
 * begins behind the key of the last page's last item, in the order of the page.
 *
 * A token holds the key of the last item, so items made or deleted meanwhile move nothing, and a seal.
 *
 * @throws ApiError InvalidRequestException when the token is not one that was given for this list
 */
export function pageOf<Item>(
  scope: Scope,
  { of, token, size = PAGE_SIZE_DEFAULT, descending = false }: PageRequest,
  { items, keyOf }: { items: PageSource<Item>; keyOf: (item: Item) => number | string },
): Page<Item> {
  const seal = JSON.stringify([scope.region.name, descending, ...of]);
  const last = token === undefined ? undefined : openToken(scope, { token, seal });
  const all = typeof items === 'function' ? items(last) : descending ? [...items].reverse() : items;
  const page: Item[] = [];
  for (const item of all) {
    const key = keyOf(item);
    if (last !== undefined && !(descending ? key < last : key > last)) continue;
    if (page.length === size) return { items: page, next: makeToken(scope, { page, keyOf, seal }) };
    page.push(item);
  }
  return { items: page, next: undefined };
}

function makeToken<Item>(
  scope: Scope,
  { page, keyOf, seal }: { page: Item[]; keyOf: (item: Item) => number | string; seal: string },
): string | undefined {
  const last = page.at(-1);
  if (last === undefined) return undefined;
  return tokenOf(scope, { key: JSON.stringify(keyOf(last)), seal });
}

function openToken(scope: Scope, { token, seal }: { token: string; seal: string }): number | string {
  const bytes = Buffer.from(token, 'base64');
  const key = bytes.toString('utf8', SEAL_BYTES);
  if (bytes.length > SEAL_BYTES && isEqual(token, tokenOf(scope, { key, seal }))) {
    const value: unknown = JSON.parse(key);
    if (typeof value === 'number' || typeof value === 'string') return value;
  }
  throw invalidRequest('The page token is not valid for this list.');
}

const isEqual = (left: string, right: string) =>
  left.length === right.length && timingSafeEqual(Buffer.from(left), Buffer.from(right));

/** Tokens of each sandbox that were made lately: a list is walked page by page, and each token is made, then opened. */
const latelyMade = new WeakMap<object, BoundedCache<string>>();
const LATELY_MADE_MAX = 2000;

function tokenOf({ sandbox }: Scope, { key, seal }: { key: string; seal: string }): string {
  const cache = latelyMade.get(sandbox) ?? new BoundedCache<string>(LATELY_MADE_MAX);
  latelyMade.set(sandbox, cache);
  return cache.get(`${seal} ${key}`, () => {
    const mac = createHmac('sha256', sandbox.tokenSecret).update(seal).update(key).digest();
    return Buffer.concat([mac.subarray(0, SEAL_BYTES), Buffer.from(key)]).toString('base64');
  });
}
