/**
 * What the broker of an environment tells while it happens, as the pages hear of it.
 * AWS IoT Core Developer Guide, "Lifecycle events", "Registry events", "Register a client certificate when the client connects".
 * @module
 */

/** `at` is the event's own time, ISO 8601. Events may come twice and out of order (guide, "Lifecycle events"). */
export type LiveEvent =
  /** A certificate has been registered by its device's connect, or is still pending at another connect. */
  | { kind: 'registered'; certificateId: string; caId: string; at: string }
  /** What AWS says of a certificate that was registered a while ago; such as `ACTIVE`, or still `PENDING_ACTIVATION`. */
  | { kind: 'certificate'; certificateId: string; status: string; at: string }
  /** `certificateId` is undefined for who signed in by other means; `thingName` is told of exclusive attachments only. */
  | {
      kind: 'connected' | 'disconnected' | 'connect-failed';
      clientId: string;
      certificateId: string | undefined;
      thingName: string | undefined;
      at: string;
    }
  /** Only where the account's registry events are switched on. */
  | { kind: 'thing'; thingName: string; change: 'created' | 'updated' | 'deleted'; at: string };

export type LiveEventKind = LiveEvent['kind'];

/** Some events, and the position that they lead to. */
export type LiveBatch = { id: string; events: readonly LiveEvent[] };

/** Whether what happens is heard. `since`, ISO 8601: nothing has been missed since then. */
export type LiveState =
  | { kind: 'connecting' }
  | { kind: 'live'; since: string }
  /** `not-allowed`: the console's role may not; `unreachable`: there is no way to the broker. `detail` is for people who know. */
  | { kind: 'off'; why: 'not-allowed' | 'unreachable'; detail: string; retryAt: string };

/** The ids of one device, whose events concern a page. */
export type LiveDevice = { certificateId: string; names: readonly string[] };

/** Whether an event is about a device: its certificate, or one of its names as client or thing. */
export function concernsDevice(event: LiveEvent, { certificateId, names }: LiveDevice): boolean {
  switch (event.kind) {
    case 'registered':
    case 'certificate':
      return event.certificateId === certificateId;
    case 'thing':
      return names.includes(event.thingName);
    case 'connected':
    case 'disconnected':
    case 'connect-failed':
      return event.certificateId === undefined
        ? names.includes(event.clientId)
        : event.certificateId === certificateId;
  }
}
