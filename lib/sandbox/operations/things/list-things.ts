import type { ListThingsRequest, ListThingsResponse, ThingAttribute } from '@aws-sdk/client-iot';
import { invalidRequest } from '@/lib/sandbox/api-error';
import { BoundedCache } from '@/lib/sandbox/mqtt/bounded-cache';
import { keptOutput } from '@/lib/sandbox/operations/kept-output';
import { pageOf } from '@/lib/sandbox/operations/page';
import type { Scope } from '@/lib/sandbox/scope';
import type { ThingRecord } from '@/lib/sandbox/state/records';

/** 100 000 things in pages of 250, twice. */
const PAGES_MAX = 800;

/** The pages of a Region's things that were answered lately; good as long as no thing has changed. */
const latelyAnswered = new WeakMap<object, { version: number; pages: BoundedCache<ListThingsResponse> }>();

/** In order of creation; AWS documents no order. */
export function listThings(scope: Scope, input: ListThingsRequest): ListThingsResponse {
  const { things } = scope.region;
  let lately = latelyAnswered.get(things);
  if (lately?.version !== things.version) {
    lately = { version: things.version, pages: new BoundedCache(PAGES_MAX) };
    latelyAnswered.set(things, lately);
  }
  return lately.pages.get(JSON.stringify(input), () => makePage(scope, input));
}

function makePage(scope: Scope, input: ListThingsRequest): ListThingsResponse {
  const { attributeName, attributeValue, thingTypeName, usePrefixAttributeValue } = input;
  if (attributeValue !== undefined && attributeName === undefined) {
    throw invalidRequest('attributeValue needs attributeName');
  }
  const { items, next } = pageOf(
    scope,
    {
      of: ['ListThings', attributeName, attributeValue, thingTypeName, usePrefixAttributeValue],
      token: input.nextToken,
      size: input.maxResults,
    },
    {
      items: (last) => matching(scope.region.things.inSequence({ after: Number(last ?? 0) }), input),
      keyOf: (thing) => thing.sequence,
    },
  );
  return {
    things: items.map((thing) => listed(thing, scope.region)),
    nextToken: next,
  };
}

const listed = keptOutput(
  (thing: ThingRecord, region): ThingAttribute => ({
    thingName: thing.thingName,
    thingTypeName: thing.thingTypeName,
    thingArn: region.thingArn(thing.thingName),
    attributes: thing.attributes,
    version: thing.version,
  }),
);

function matching(things: Iterable<ThingRecord>, filter: ListThingsRequest): Iterable<ThingRecord> {
  const isFiltered = filter.thingTypeName !== undefined || filter.attributeName !== undefined;
  return isFiltered ? filtered(things, filter) : things;
}

function* filtered(things: Iterable<ThingRecord>, filter: ListThingsRequest): Generator<ThingRecord> {
  for (const thing of things) {
    if (filter.thingTypeName !== undefined && thing.thingTypeName !== filter.thingTypeName) continue;
    if (filter.attributeName !== undefined && !hasAttribute(thing, filter)) continue;
    yield thing;
  }
}

function hasAttribute(thing: ThingRecord, filter: ListThingsRequest): boolean {
  const name = filter.attributeName ?? '';
  if (!Object.hasOwn(thing.attributes, name)) return false;
  const value = thing.attributes[name] ?? '';
  if (filter.attributeValue === undefined) return true;
  return filter.usePrefixAttributeValue === true
    ? value.startsWith(filter.attributeValue)
    : value === filter.attributeValue;
}
