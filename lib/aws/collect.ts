import type { Failure } from '@/lib/failure';
import type { Page } from '@/lib/registry/page';
import { ok, type Result } from '@/lib/result';

/** Reads page after page until the last, or until `itemsMax` items are there. The first failure ends it. */
export async function collect<Item>(
  read: (token: string | undefined) => Promise<Result<Page<Item>, Failure>>,
  itemsMax: number,
): Promise<Result<Item[], Failure>> {
  const items: Item[] = [];
  let token: string | undefined;
  do {
    const page = await read(token);
    if (!page.ok) return page;
    items.push(...page.value.items);
    token = page.value.nextToken;
  } while (token !== undefined && items.length < itemsMax);
  return ok(items.slice(0, itemsMax));
}
