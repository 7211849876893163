/**
 * Things by the fleet index, where it is on. AWS IoT Developer Guide, "Query syntax"; API Reference: SearchIndex.
 * @module
 */
import 'server-only';
import { type IoTClient, SearchIndexCommand } from '@aws-sdk/client-iot';
import type { Caller } from '@/lib/aws/call';
import { orNotFound } from '@/lib/aws/or-not-found';
import { required } from '@/lib/aws/required';
import type { Failure } from '@/lib/failure';
import type { Page } from '@/lib/registry/page';
import type { Result } from '@/lib/result';

/** "This maximum number cannot exceed 100" (service model, `SearchIndexRequest.maxResults`). */
const INDEX_PAGE_MAX = 100;

/** A thing as the index has it; connectivity only where that is indexed too, and only for client ids that are the thing's name. */
export type IndexedThing = {
  name: string;
  isConnected: boolean | undefined;
  connectivityAt: Date | undefined;
};

export type FleetIndexReads = {
  /** Every thing, page by page. `not-found`: the index is off. */
  indexedThings(token: string | undefined): Promise<Result<Page<IndexedThing>, Failure>>;
  /** Names of things that begin with `prefix`. `not-found`: the index is off. */
  thingsBeginningWith(prefix: string, limit: number): Promise<Result<string[], Failure>>;
};

export function fleetIndexReads({ call }: Caller<IoTClient>): FleetIndexReads {
  return {
    async indexedThings(token) {
      const answer = await call(
        'SearchIndex',
        (iot, options) =>
          iot.send(
            new SearchIndexCommand({
              indexName: 'AWS_Things',
              queryString: '*',
              maxResults: INDEX_PAGE_MAX,
              nextToken: token,
            }),
            options,
          ),
        ({ things, nextToken }) => ({
          items: (things ?? []).map(({ thingName, connectivity }) => ({
            name: required(thingName, 'thingName'),
            isConnected: connectivity?.connected,
            // Epoch milliseconds, unlike every other time of this API (Developer Guide, "Managing thing indexing").
            connectivityAt: connectivity?.timestamp ? new Date(connectivity.timestamp) : undefined,
          })),
          nextToken,
        }),
      );
      return orNotFound(answer, 'thing', '*');
    },

    async thingsBeginningWith(prefix, limit) {
      // All that a thing's name may have beside letters, digits, hyphen and underscore.
      const escaped = prefix.replaceAll(':', '\\:');
      const answer = await call(
        'SearchIndex',
        (iot, options) =>
          iot.send(
            new SearchIndexCommand({
              indexName: 'AWS_Things',
              queryString: `thingName:${escaped}*`,
              maxResults: limit,
            }),
            options,
          ),
        ({ things }) => (things ?? []).map(({ thingName }) => required(thingName, 'thingName')),
      );
      return orNotFound(answer, 'thing', prefix);
    },
  };
}
