import type { ThingNamesAnswer } from '@/components/device/registry-answer';
import type { Failure } from '@/lib/failure';
import { PAGE_SIZE_MAX, type Page, type PageRequest } from '@/lib/registry/page';
import type { ThingFilter } from '@/lib/registry/thing';
import type { Result } from '@/lib/result';

type Things = {
  listThings(filter: ThingFilter, page: PageRequest): Promise<Result<Page<{ name: string }>, Failure>>;
};

const ALL: ThingFilter = { attribute: undefined, typeName: undefined };

/** At most so many pages from `token` on. What was read before a failure is not told: whoever goes on begins anew. */
export async function readThingNames(
  iot: Things,
  { token, pages }: { token?: string | undefined; pages: number },
): Promise<ThingNamesAnswer> {
  const names: string[] = [];
  let nextToken = token;
  for (let page = 1; page <= pages; page += 1) {
    const read = await iot.listThings(ALL, { pageSize: PAGE_SIZE_MAX, token: nextToken });
    if (!read.ok) return { kind: 'failed' };
    names.push(...read.value.items.map(({ name }) => name));
    nextToken = read.value.nextToken;
    if (nextToken === undefined) return { kind: 'end', names };
  }
  return { kind: 'more', names, nextToken: nextToken ?? '' };
}
