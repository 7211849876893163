import { PAYLOAD_BYTES_MAX } from '@/lib/sandbox/message-bus';
import type { ClientPacketOf } from '@/lib/sandbox/mqtt/packet-codec';
import type { Reason } from '@/lib/sandbox/mqtt/reason';
import { REASON_CODE, reasonCodeOf } from '@/lib/sandbox/mqtt/reason-codes';
import { isReservedTopic } from '@/lib/sandbox/mqtt/topics';
import type { ClientConnection } from './client-connection';
import type { Refusal } from './connection-parts';
import { expiryTime, type Message } from './message';
import { RETAINED_BYTES_MAX, RETAINED_MAX } from './retained-messages';

type Publish = ClientPacketOf<'publish'>;

/** Takes a message from a client: refuses it, or hands it to the broker and acknowledges it. */
export function acceptPublish(connection: ClientConnection, packet: Publish): void {
  const { parts, aliases, acknowledgements } = connection;
  const { version } = parts.connect;
  const messageId = packet.messageId ?? 0;
  if (packet.qos === 2 && version === 4) {
    // MQTT 3.1.1 has no words for it, and AWS IoT says nothing.
    parts.reporter.report({ code: 'qos-2-publish' }, { outcome: 'message-refused' });
    return;
  }
  const fault = publishFault(packet);
  if (fault !== undefined) {
    connection.refuse(fault);
    return;
  }
  const named = aliases.resolve(packet.topic, packet.properties?.topicAlias);
  if (named.kind !== 'topic') {
    connection.refuse(named.kind === 'invalid' ? ALIAS_OUT_OF_RANGE : NO_TOPIC);
    return;
  }
  const { topic } = named;
  if (connection.share.publishesExceeded) connection.tellRate();
  if (!connection.share.takePublish()) {
    // MQTT 3.1.1 has no words for it, nor QoS 0: the message is gone (AWS IoT Core quotas).
    if (version === 5 && packet.qos === 1) {
      acknowledgements.add({ messageId, code: REASON_CODE.quotaExceeded, written: false });
    }
    return;
  }
  const refusal = parts.guard.publish({ topic, retain: packet.retain });
  if (refusal !== undefined) {
    if (version === 5 && packet.qos === 1) {
      parts.reporter.report(refusal, { outcome: 'message-refused' });
      acknowledgements.add({ messageId, code: reasonCodeOf(refusal), written: false });
      return;
    }
    // Nothing else has an answer that could say no.
    connection.refuse({
      reason: refusal,
      because: refusal.code === 'publish-denied' ? 'AUTH_ERROR' : 'CLIENT_ERROR',
    });
    return;
  }
  const retention = parts.broker.publish(messageFrom(connection, packet, topic));
  const full = retainedExhausted(topic);
  if (retention === 'refused') parts.reporter.report(full);
  if (packet.qos === 0) return;
  acknowledgements.add({
    messageId,
    code: retention === 'refused' ? reasonCodeOf(full) : REASON_CODE.success,
    // What other services may have written down because of it must not be acknowledged before it is safe.
    written: retention === 'kept' || isReservedTopic(topic),
  });
}

const retainedExhausted = (topic: string): Reason => ({
  code: 'retained-exhausted',
  topic,
  retainedMax: RETAINED_MAX,
  bytesMax: RETAINED_BYTES_MAX,
});

const ALIAS_OUT_OF_RANGE: Refusal = {
  reason: { code: 'packet-refused', fault: 'a topic alias out of range' },
  code: REASON_CODE.topicAliasInvalid,
};
const NO_TOPIC: Refusal = {
  reason: { code: 'packet-refused', fault: 'no topic' },
  code: REASON_CODE.protocolError,
};

/** What ends the connection, whatever the policies say. */
function publishFault({ qos, payload, properties }: Publish): Refusal | undefined {
  if (qos === 2) return { reason: { code: 'qos-2-publish' } };
  if (payload.length > PAYLOAD_BYTES_MAX) {
    return { reason: { code: 'packet-too-long', bytes: payload.length, bytesMax: PAYLOAD_BYTES_MAX } };
  }
  if (/[#+]/.test(properties?.responseTopic ?? '')) {
    // [MQTT-3.3.2-14]
    return {
      reason: { code: 'packet-refused', fault: 'a wildcard in a response topic' },
      code: REASON_CODE.protocolError,
    };
  }
  return undefined;
}

function messageFrom({ parts }: ClientConnection, packet: Publish, topic: string): Message {
  const { messageExpiryInterval, topicAlias: _, ...properties } = packet.properties ?? {};
  return {
    topic,
    // A copy: what came is a view of a piece that holds other packets as well.
    payload: Buffer.from(packet.payload),
    qos: packet.qos === 0 ? 0 : 1,
    retain: packet.retain,
    ...(packet.properties !== undefined && { properties }),
    expiresAt: expiryTime(messageExpiryInterval, parts.now()),
    clientId: parts.facts.clientId,
    principal: parts.facts.principal,
  };
}
