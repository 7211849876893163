import type { GetThingConnectivityDataRequest, GetThingConnectivityDataResponse } from '@aws-sdk/client-iot';
import { required } from '@/lib/sandbox/api-error';
import { requireThing } from '@/lib/sandbox/operations/things/require-thing';
import type { Scope } from '@/lib/sandbox/scope';
import { indexMissing, requireIndex } from './index-state';
import { IndexTables, THINGS_INDEX } from './index-tables';
import { connectivityOfThing } from './thing-connectivity';

/** Works once connectivity is indexed, also while the index is being built: it reads the connection itself. */
export function getThingConnectivityData(
  scope: Scope,
  input: GetThingConnectivityDataRequest,
): GetThingConnectivityDataResponse {
  const { thingName } = requireThing(scope, required(input.thingName, 'thingName'));
  const { indexing } = requireIndex(scope.region.family(IndexTables).things, THINGS_INDEX);
  if (indexing.thingConnectivityIndexingMode === 'OFF') throw indexMissing(THINGS_INDEX);
  const connectivity = connectivityOfThing(scope, thingName);
  if (!connectivity) return { thingName, connected: false };
  const { connected, timestamp, disconnectReason, sourceIp, sourcePort } = connectivity;
  return {
    thingName,
    connected,
    timestamp: new Date(timestamp),
    disconnectReason,
    ...(input.includeSocketInformation === true ? { sourceIp, sourcePort } : {}),
  };
}
