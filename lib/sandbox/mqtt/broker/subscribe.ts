/**
 * SUBSCRIBE and UNSUBSCRIBE. MQTT 3.1.1 and MQTT 5, sections 3.8 to 3.11.
 * @module
 */
import type { ClientPacketOf } from '@/lib/sandbox/mqtt/packet-codec';
import { FILTERS_PER_SUBSCRIBE_MAX } from '@/lib/sandbox/mqtt/packet-rules';
import { REASON_CODE, SUBACK_3_FAILURE, subackCodeOf } from '@/lib/sandbox/mqtt/reason-codes';
import type { ClientConnection } from './client-connection';
import type { Refusal } from './connection-parts';
import { type SubscriptionOptions, sharedParts } from './subscription-tree';

type Subscribe = ClientPacketOf<'subscribe'>;

export function subscribe(connection: ClientConnection, packet: Subscribe): void {
  const { parts } = connection;
  const { version } = parts.connect;
  const refusal = subscribeRefusal(packet);
  if (refusal !== undefined) {
    connection.refuse(refusal);
    return;
  }
  // MQTT 3.1.1 clients get no answer from AWS IoT; MQTT 5 grants QoS 1 instead [MQTT-3.2.2-10].
  if (version === 4 && packet.subscriptions.some(({ qos }) => qos === 2)) {
    parts.reporter.report({ code: 'qos-2-subscribe' });
    return;
  }
  addSubscriptions(connection, packet);
}

export function unsubscribe(connection: ClientConnection, packet: ClientPacketOf<'unsubscribe'>): void {
  const { parts, session } = connection;
  const { unsubscriptions, messageId = 0 } = packet;
  const granted = unsubscriptions.map((filter) =>
    parts.broker.unsubscribe(session, filter) ? REASON_CODE.success : REASON_CODE.noSubscriptionExisted,
  );
  connection.send({ cmd: 'unsuback', messageId, granted });
  parts.events.unsubscribed(connection, unsubscriptions);
}

/** What ends the connection. */
function subscribeRefusal({ subscriptions, properties }: Subscribe): Refusal | undefined {
  if (properties?.subscriptionIdentifier !== undefined) {
    return {
      reason: { code: 'packet-refused', fault: 'a subscription identifier' },
      code: REASON_CODE.subscriptionIdentifiersNotSupported,
    };
  }
  const filters = subscriptions.length;
  if (filters > FILTERS_PER_SUBSCRIBE_MAX) {
    const filtersMax = FILTERS_PER_SUBSCRIBE_MAX;
    return { reason: { code: 'subscribe-too-many-filters', filters, filtersMax } };
  }
  if (subscriptions.some(({ topic, nl }) => nl === true && sharedParts(topic) !== undefined)) {
    // [MQTT-3.8.3-4]
    return {
      reason: { code: 'packet-refused', fault: 'No Local on a shared subscription' },
      code: REASON_CODE.protocolError,
    };
  }
  return undefined;
}

function addSubscriptions(connection: ClientConnection, { subscriptions, messageId = 0 }: Subscribe): void {
  const { parts, session } = connection;
  const granted: number[] = [];
  const accepted: { filter: string; options: SubscriptionOptions; withRetained: boolean }[] = [];
  for (const { topic: filter, qos: wanted, nl = false, rap = false, rh = 0 } of subscriptions) {
    const refusal = parts.guard.subscribe(filter, session.subscriptions);
    if (refusal !== undefined) {
      parts.reporter.report(refusal);
      granted.push(parts.connect.version === 5 ? subackCodeOf(refusal) : SUBACK_3_FAILURE);
      continue;
    }
    const qos = wanted === 0 ? 0 : 1;
    const options = { qos, noLocal: nl, retainAsPublished: rap } as const;
    const { known } = parts.broker.subscribe(session, filter, options);
    granted.push(qos);
    // Retain Handling: always, when the subscription is new, never (MQTT 5 section 3.8.3.1).
    accepted.push({ filter, options, withRetained: rh === 0 || (rh === 1 && !known) });
  }
  connection.send({ cmd: 'suback', messageId, granted });
  for (const { filter, options, withRetained } of accepted) {
    if (withRetained) parts.broker.sendRetained(session, filter, options);
  }
  if (accepted.length > 0) {
    parts.events.subscribed(
      connection,
      accepted.map(({ filter }) => filter),
    );
  }
}
