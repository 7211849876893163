/**
 * CloudTrail API Reference, LookupEvents.
 * @module
 */
import type { Event, LookupEventsRequest, LookupEventsResponse } from '@aws-sdk/client-cloudtrail';
import { ApiError } from '@/lib/sandbox/api-error';
import { type Page, pageOf } from '@/lib/sandbox/operations/page';
import type { Scope } from '@/lib/sandbox/scope';
import type { RegionState } from '@/lib/sandbox/state/region-state';
import { type TrailEventRecord, TrailTables } from './trail-events';
import { trailRecord } from './trail-record';

const RESULTS_MAX = 50;

type Filter = (event: TrailEventRecord) => boolean;

/** Newest first, and of this Region only. */
export function lookupEvents(scope: Scope, input: LookupEventsRequest): LookupEventsResponse {
  const filters = [...attributeFilters(input), timeFilter(input)];
  if (input.EventCategory !== undefined) {
    // There are no insights events, and other categories do not exist.
    if (input.EventCategory !== 'insight') {
      throw new ApiError('InvalidEventCategoryException', `Invalid event category: ${input.EventCategory}`);
    }
    filters.push(() => false);
  }
  const { provisioning, calls } = scope.region.family(TrailTables);
  const events = [...provisioning.values(), ...calls.values()]
    .filter((event) => filters.every((filter) => filter(event)))
    .sort((a, b) => a.sequence - b.sequence);
  const { items, next } = page(scope, input, events);
  return { Events: items.map((event) => eventOf(scope.region, event)), NextToken: next };
}

function page(
  scope: Scope,
  { MaxResults: size = RESULTS_MAX, NextToken: token, ...rest }: LookupEventsRequest,
  events: readonly TrailEventRecord[],
): Page<TrailEventRecord> {
  if (!Number.isInteger(size) || size < 1 || size > RESULTS_MAX) {
    throw new ApiError('InvalidMaxResultsException', `MaxResults must be between 1 and ${RESULTS_MAX}`);
  }
  // The token must come with the parameters that it was given for.
  const request = { of: ['LookupEvents', JSON.stringify(rest)], token, size, descending: true };
  try {
    return pageOf(scope, request, { items: events, keyOf: ({ sequence }) => sequence });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    throw new ApiError('InvalidNextTokenException', 'Invalid token');
  }
}

function timeFilter({ StartTime: from, EndTime: to }: LookupEventsRequest): Filter {
  if (from && to && from.getTime() > to.getTime()) {
    throw new ApiError('InvalidTimeRangeException', 'The start time must be before the end time');
  }
  const start = from?.getTime() ?? Number.NEGATIVE_INFINITY;
  const end = to?.getTime() ?? Number.POSITIVE_INFINITY;
  return ({ at }) => start <= at && at <= end;
}

type AttributeValues = (event: TrailEventRecord) => readonly (string | undefined)[];

/** By the names that `AttributeKey` can have. */
const ATTRIBUTES: ReadonlyMap<string, AttributeValues> = new Map<string, AttributeValues>([
  ['EventId', (event) => [event.eventId]],
  ['EventName', (event) => [event.eventName]],
  ['EventSource', (event) => [event.eventSource]],
  ['ReadOnly', () => ['false']],
  ['Username', (event) => [event.username]],
  ['AccessKeyId', (event) => [event.accessKeyId]],
  ['ResourceName', (event) => event.resources.map(({ name }) => name)],
  ['ResourceType', (event) => event.resources.map(({ type }) => type)],
]);

function attributeFilters({ LookupAttributes: attributes = [] }: LookupEventsRequest): Filter[] {
  if (attributes.length > 1) {
    throw new ApiError('InvalidLookupAttributesException', 'Currently the list can contain only one item.');
  }
  return attributes.map(({ AttributeKey: key = '', AttributeValue: value = '' }) => {
    const valuesOf = ATTRIBUTES.get(key);
    if (!valuesOf || value === '' || value.length > 2000) {
      throw new ApiError('InvalidLookupAttributesException', `Invalid lookup attribute: ${key.slice(0, 64)}`);
    }
    return (event) => valuesOf(event).includes(value);
  });
}

const eventOf = (region: RegionState, event: TrailEventRecord): Event => ({
  EventId: event.eventId,
  EventName: event.eventName,
  ReadOnly: 'false',
  AccessKeyId: event.accessKeyId,
  EventTime: new Date(event.at),
  EventSource: event.eventSource,
  Username: event.username,
  Resources: event.resources.map(({ type, name }) => ({ ResourceType: type, ResourceName: name })),
  CloudTrailEvent: trailRecord(region, event),
});
