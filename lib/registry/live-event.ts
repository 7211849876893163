/**
 * What the broker of an environment tells while it happens, as the pages hear of it.
 * AWS IoT Core Developer Guide, "Lifecycle events", "Registry events", "Register a client certificate when the client connects".
 * @module
 */

/** While nothing happens the server says so this often; a page that hears nothing for longer has lost it. Our choice. */
export const LIVE_BEAT_MS = 15_000;

/** A page that was turned away comes back after it. Our choice. */
export const LIVE_FULL_MS = 60_000;

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

/** Some events, the position that they lead to, and when they were handed on, ISO 8601. */
export type LiveBatch = { id: string; at: string; events: readonly LiveEvent[] };

/** What a page is sent of a batch; the position goes beside it. */
export type LiveNews = Omit<LiveBatch, 'id'>;

/** Everything before `at` may have been missed. */
export type LiveReload = { at: string };

/** Whether what happens is heard. `since`, ISO 8601: nothing has been missed since then. */
export type LiveState =
  | { kind: 'connecting' }
  | { kind: 'live'; since: string }
  /**
   * `not-allowed`: the console's role may not; `unreachable`: there is no way to the broker; `full`: as many pages listen as
   * `detail` says, and there the stream ends. Else `detail` is for people who know.
   */
  | { kind: 'off'; why: 'not-allowed' | 'unreachable' | 'full'; detail: string; retryAt: string };

/** The ids of one device, whose events concern a page. */
export type LiveDevice = { certificateId: string; names: readonly string[] };

/** Whether an event is about a device: its certificate, or one of its names as client or thing. */
function concernsDevice(event: LiveEvent, { certificateId, names }: LiveDevice): boolean {
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

/** What a view shows: one device, or all there are of some kinds of events. */
export type LiveTopic = { device: LiveDevice } | { kinds: readonly LiveEventKind[] };

export const isAbout = (event: LiveEvent, topic: LiveTopic): boolean =>
  'device' in topic ? concernsDevice(event, topic.device) : topic.kinds.includes(event.kind);
