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
import type { Result } from '@/lib/result';

export type FleetIndexReads = {
  /** Names of things that begin with `prefix`. `not-found`: the index is off. */
  thingsBeginningWith(prefix: string, limit: number): Promise<Result<string[], Failure>>;
};

export function fleetIndexReads({ call }: Caller<IoTClient>): FleetIndexReads {
  return {
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
