import { fail, ok, type Result } from '@/lib/result';
import type { Scope } from '@/lib/sandbox/scope';
import type { JsonObject } from '@/lib/sandbox/shadows/json';
import { readUpdate, type ShadowFault } from '@/lib/sandbox/shadows/read-update';
import { updatedShadow } from '@/lib/sandbox/shadows/shadow';
import * as documents from '@/lib/sandbox/shadows/shadow-documents';
import { type ShadowName, type ShadowRecord, ShadowTables } from './shadow-tables';

/** What a request is answered with, and what else its outcome publishes, by the topic's last part. */
export type ShadowAnswer = { document: JsonObject; events: readonly ShadowEvent[] };
export type ShadowEvent = { topic: 'update/delta' | 'update/documents'; document: JsonObject };

export type ShadowOutcome = Result<ShadowAnswer, ShadowFault>;

/** AWS IoT Core quotas: 8 KB of `desired` and `reported` together; metadata does not count. */
const STATE_BYTES_MAX = 8192;

/** As AWS was seen to word it to devices (aws/aws-iot-device-sdk-python-v2 #307). */
export const TOO_MANY_REQUESTS: ShadowFault = { code: 429, message: 'TOO_MANY_REQUESTS' };

export function getShadow(scope: Scope, name: ShadowName, clientToken?: string): ShadowOutcome {
  const shadow = scope.region.family(ShadowTables).living(name);
  if (!shadow) return fail(noShadow(name));
  const stamp = { timestamp: epochSeconds(scope), clientToken };
  return ok({ document: documents.gotDocument(shadow, stamp), events: [] });
}

/** A shadow is made by its first update; its thing need not exist. */
export function updateShadow(scope: Scope, name: ShadowName, payload: string): ShadowOutcome {
  const update = readUpdate(payload);
  if (!update.ok) return update;
  const tables = scope.region.family(ShadowTables);
  const before = tables.get(name);
  const { version: expected, clientToken } = update.value;
  if (expected !== undefined && expected !== (before?.version ?? 0)) {
    return fail({ code: 409, message: 'Version conflict' });
  }
  const stamp = { timestamp: epochSeconds(scope), clientToken };
  const shadow = updatedShadow(before, update.value, stamp.timestamp);
  if (Buffer.byteLength(JSON.stringify(shadow.state)) > STATE_BYTES_MAX) {
    return fail({ code: 413, message: 'The payload exceeds the maximum size allowed' });
  }
  tables.set({ ...shadow, ...name, sequence: before?.sequence ?? scope.region.nextSequence() });
  const delta = documents.deltaDocument(shadow, stamp);
  const change = documents.changeDocument({ previous: before, current: shadow }, stamp);
  return ok({
    document: documents.updatedDocument(update.value, shadow.version, stamp),
    events: [
      ...(delta ? [{ topic: 'update/delta' as const, document: delta }] : []),
      { topic: 'update/documents', document: change },
    ],
  });
}

/** "Deleting a shadow does not reset its version number to 0" (guide, "Device Shadow MQTT topics"). */
export function deleteShadow(scope: Scope, name: ShadowName, clientToken?: string): ShadowOutcome {
  const tables = scope.region.family(ShadowTables);
  const shadow = tables.living(name);
  if (!shadow) return fail(noShadow(name));
  const { version, sequence } = shadow;
  const remains: ShadowRecord = { ...name, sequence, version, state: {}, metadata: {}, deleted: true };
  tables.set(remains);
  const stamp = { timestamp: epochSeconds(scope), clientToken };
  return ok({ document: documents.deletedDocument(version, stamp), events: [] });
}

export const epochSeconds = ({ now }: Pick<Scope, 'now'>) => Math.floor(now().getTime() / 1000);

function noShadow({ thingName, shadowName }: ShadowName): ShadowFault {
  const name = shadowName === '' ? thingName : `${thingName}~${shadowName}`;
  return { code: 404, message: `No shadow exists with name: '${name}'` };
}
