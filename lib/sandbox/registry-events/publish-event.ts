import { randomUUID } from 'node:crypto';
import { TOPIC_BYTES_MAX } from '@/lib/sandbox/message-bus';
import { EventTables, type EventType } from '@/lib/sandbox/operations/events/event-tables';
import type { Scope } from '@/lib/sandbox/scope';

/** An event's own part of the payload; what all have in common is added. */
export type RegistryEvent = {
  /** Without the leading `$aws/events/`. */
  topic: string;
  payload: Readonly<Record<string, unknown>>;
};

/**
 * Publishes an event of the registry where its type is switched on (AWS IoT Core Developer Guide, "Registry events").
 * The payload is of the time of the call; the message goes out when the change is durable, so that nobody hears of what a
 * crash undoes. Two names of full length make a topic that MQTT on AWS IoT cannot carry; its event is
 * explained and not published.
 *
 * @param compose - called only when somebody wants the event
 */
export function publishEvent(scope: Scope, type: EventType, compose: () => RegistryEvent): void {
  const { sandbox, region } = scope;
  if (!region.family(EventTables).isEnabled(type)) return;
  const event = compose();
  const topic = `$aws/events/${event.topic}`;
  // 32 hex digits without dashes, as seen on AWS.
  const eventId = randomUUID().replaceAll('-', '');
  const common = { eventType: `${type}_EVENT`, eventId, timestamp: scope.now().getTime() };
  const payload = Buffer.from(JSON.stringify({ ...common, ...event.payload }));
  const send = async () => {
    if (Buffer.byteLength(topic) > TOPIC_BYTES_MAX) {
      throw new Error(`its topic is longer than ${TOPIC_BYTES_MAX} bytes`);
    }
    await sandbox.durable();
    await sandbox.messageBus?.publish({ region: region.name, topic, payload, qos: 1, retain: false });
  };
  send().catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    const message = `The event for ${topic} was not published: ${reason}`;
    sandbox.explanations.explain({ code: 'event-not-published', message, region: region.name }, scope.now());
  });
}
