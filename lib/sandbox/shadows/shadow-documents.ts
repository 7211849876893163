/**
 * What the shadow service answers and publishes. AWS IoT Developer Guide, "Device Shadow service documents".
 * Times are epoch seconds.
 * @module
 */
import type { JsonObject } from './json';
import { timesOf, timesOfDelta } from './merge';
import type { ShadowFault, ShadowUpdate } from './read-update';
import { type Sections, type Shadow, shadowDelta } from './shadow';

/** What every document ends with. */
export type Stamp = { timestamp: number; clientToken?: string | undefined };

export function gotDocument(shadow: Shadow, stamp: Stamp): JsonObject {
  const delta = shadowDelta(shadow);
  return {
    state: { ...present(shadow.state), ...(delta && { delta }) },
    metadata: present(shadow.metadata),
    version: shadow.version,
    ...stampOf(stamp),
  };
}

/** Holds what the request named and nothing else; so has AWS answered `{"state":null}`. */
export function updatedDocument({ state }: ShadowUpdate, version: number, stamp: Stamp): JsonObject {
  const echoed = state === null ? null : present(state);
  return { state: echoed, metadata: timesOf(echoed, stamp.timestamp), version, ...stampOf(stamp) };
}

/** Undefined when what is desired is what is reported. */
export function deltaDocument(shadow: Shadow, stamp: Stamp): JsonObject | undefined {
  const delta = shadowDelta(shadow);
  if (!delta) return undefined;
  return {
    version: shadow.version,
    timestamp: stamp.timestamp,
    state: delta,
    metadata: timesOfDelta(shadow.metadata.desired ?? {}, delta),
    ...(stamp.clientToken !== undefined && { clientToken: stamp.clientToken }),
  };
}

/** The shadow before and after an update. */
export function changeDocument(
  { previous, current }: { previous: Shadow | undefined; current: Shadow },
  stamp: Stamp,
): JsonObject {
  return { previous: snapshot(previous), current: snapshot(current), ...stampOf(stamp) };
}

export const deletedDocument = (version: number, stamp: Stamp): JsonObject => ({
  version,
  ...stampOf(stamp),
});

export const rejectedDocument = ({ code, message }: ShadowFault, stamp: Stamp): JsonObject => ({
  code,
  message,
  ...stampOf(stamp),
});

const snapshot = (shadow: Shadow | undefined): JsonObject => ({
  state: present(shadow?.state ?? {}),
  metadata: present(shadow?.metadata ?? {}),
  version: shadow?.version ?? 0,
});

const stampOf = ({ timestamp, clientToken }: Stamp): JsonObject => ({
  timestamp,
  ...(clientToken !== undefined && { clientToken }),
});

type RequestSections = { desired?: JsonObject | null | undefined; reported?: JsonObject | null | undefined };

/** Without sections that are not there. */
function present({ desired, reported }: Sections | RequestSections): JsonObject {
  return { ...(desired !== undefined && { desired }), ...(reported !== undefined && { reported }) };
}
