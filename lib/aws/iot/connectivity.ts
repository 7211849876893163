/**
 * Whether a thing is online, by the fleet index. AWS IoT API Reference: GetThingConnectivityData.
 * @module
 */
import 'server-only';
import { GetThingConnectivityDataCommand, type IoTClient } from '@aws-sdk/client-iot';
import type { Caller } from '@/lib/aws/call';
import { orNotFound } from '@/lib/aws/or-not-found';
import type { ConnectivityFacts } from '@/lib/diagnosis/facts';
import type { Failure } from '@/lib/failure';
import type { Result } from '@/lib/result';

export type ConnectivityReads = {
  thingConnectivity(thingName: string): Promise<Result<ConnectivityFacts, Failure>>;
};

export function connectivityReads({ call }: Caller<IoTClient>): ConnectivityReads {
  return {
    async thingConnectivity(thingName) {
      const answer = await call(
        'GetThingConnectivityData',
        (iot, options) => iot.send(new GetThingConnectivityDataCommand({ thingName }), options),
        ({ connected, timestamp, disconnectReason }): ConnectivityFacts => ({
          isConnected: connected ?? false,
          changedAt: timestamp,
          disconnectReason,
        }),
      );
      return orNotFound(answer, 'thing', thingName);
    },
  };
}
