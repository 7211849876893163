import { encodePacket, type PublishProperties, type ServerPacket } from '@/lib/sandbox/mqtt/packet-codec';
import { REASON_CODE } from '@/lib/sandbox/mqtt/reason-codes';
import type { ClientConnection } from './client-connection';
import type { Delivery } from './delivery-queue';
import { type Message, secondsLeft } from './message';
import { IN_FLIGHT_MAX, type Pace, WAITING_MAX } from './outbox';
import type { SessionLink } from './session';
import { OutboundAliases } from './topic-aliases';

/** Bytes that may wait for a client that reads slowly before messages stay in its queue, or are dropped with QoS 0. */
const UNREAD_BYTES_MAX = 1024 * 1024;
/** Answers to a client that asks and never reads. */
const UNREAD_ANSWERS_BYTES_MAX = 2 * 1024 * 1024;

/** A session's way to the client that is connected. */
export class ClientLink implements SessionLink {
  readonly inFlightMax: number;
  readonly #connection: ClientConnection;
  readonly #aliases: OutboundAliases;
  #nextFlush: NodeJS.Timeout | undefined;

  constructor(connection: ClientConnection) {
    this.#connection = connection;
    const { receiveMaximum = IN_FLIGHT_MAX, topicAliasMaximum = 0 } = connection.parts.connect.properties;
    this.inFlightMax = Math.min(IN_FLIGHT_MAX, receiveMaximum);
    this.#aliases = new OutboundAliases(topicAliasMaximum);
  }

  /** Whether messages wait for the connection's share. */
  get waits(): boolean {
    return this.#nextFlush !== undefined;
  }

  pace(): Pace {
    const { share, parts } = this.#connection;
    if (parts.transport.stream.writableLength >= UNREAD_BYTES_MAX) return 'blocked';
    const waitMs = share.sendWaitMs();
    if (waitMs === 0) return 'now';
    this.#nextFlush ??= setTimeout(() => this.#flush(), waitMs).unref();
    if (share.publishesExceeded) this.#connection.tellRate();
    return share.discards ? 'blocked' : 'soon';
  }

  close(): void {
    clearTimeout(this.#nextFlush);
  }

  mayReceive(topic: string): boolean {
    const { guard, reporter } = this.#connection.parts;
    const refusal = guard.receive(topic);
    if (refusal !== undefined) reporter.report(refusal);
    return refusal === undefined;
  }

  send({ message, retain }: Delivery, messageId: number): void {
    this.#publish(message, { qos: 1, retain, messageId });
  }

  sendOnce({ message, retain }: Delivery): void {
    this.#publish(message, { qos: 0, retain });
  }

  takenOver(): void {
    this.#connection.refuse({ reason: { code: 'client-id-taken-over' }, because: 'DUPLICATE_CLIENTID' });
  }

  deleted(withWill: boolean): void {
    this.#connection.parts.reporter.report({ code: 'connection-deleted' });
    this.#connection.end({
      reason: 'API_INITIATED_DISCONNECT',
      code: REASON_CODE.administrativeAction,
      withWill,
    });
  }

  overflowed(): void {
    this.#connection.parts.reporter.report({ code: 'messages-dropped', messagesMax: WAITING_MAX });
  }

  sweep(nowMs: number): void {
    this.#connection.endIfExpired(nowMs);
  }

  shutDown(): void {
    this.#connection.end({ reason: 'SERVER_INITIATED_DISCONNECT', code: REASON_CODE.serverShuttingDown });
  }

  /** Ends a connection whose client asks and does not read the answers. */
  checkUnread(): void {
    const { writableLength: bytes } = this.#connection.parts.transport.stream;
    if (bytes <= UNREAD_ANSWERS_BYTES_MAX) return;
    this.#connection.refuse({
      reason: { code: 'client-too-slow', bytes },
      because: 'SERVER_INITIATED_DISCONNECT',
    });
  }

  #flush(): void {
    this.#nextFlush = undefined;
    this.#connection.session.outbox.flush(this, this.#connection.parts.now());
  }

  #publish(message: Message, header: { qos: 0 | 1; retain: boolean; messageId?: number }): void {
    const { share, parts } = this.#connection;
    const { connect, now } = parts;
    const { topic } = message;
    share.takePublish();
    const payload = Buffer.from(message.payload.buffer, message.payload.byteOffset, message.payload.length);
    // AWS IoT sends no DUP, not even when it sends again.
    const packet = { cmd: 'publish', dup: false, payload, topic, ...header } as const;
    if (connect.version === 4) {
      this.#connection.send(packet);
      return;
    }
    const properties = propertiesOf(message, now());
    const { maximumPacketSize } = connect.properties;
    // What the client cannot take counts as delivered [MQTT-3.1.2-25].
    if (
      maximumPacketSize !== undefined &&
      encodePacket({ ...packet, properties }, 5).length > maximumPacketSize
    ) {
      if (header.messageId !== undefined) this.#connection.session.outbox.acknowledge(header.messageId);
      return;
    }
    const { topic: name, topicAlias } = this.#aliases.shorten(topic);
    const shortened: ServerPacket = {
      ...packet,
      topic: name,
      properties: { ...properties, ...(topicAlias !== undefined && { topicAlias }) },
    };
    this.#connection.send(shortened);
  }
}

function propertiesOf({ properties = {}, expiresAt }: Message, nowMs: number): PublishProperties {
  const { payloadFormatIndicator, contentType, responseTopic, correlationData, userProperties } = properties;
  return {
    ...(payloadFormatIndicator !== undefined && { payloadFormatIndicator }),
    ...(expiresAt !== undefined && { messageExpiryInterval: secondsLeft(expiresAt, nowMs) }),
    ...(contentType !== undefined && { contentType }),
    ...(responseTopic !== undefined && { responseTopic }),
    ...(correlationData !== undefined && { correlationData: Buffer.from(correlationData) }),
    ...(userProperties !== undefined && { userProperties }),
  };
}
