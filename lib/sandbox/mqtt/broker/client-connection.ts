/**
 * One client that was let in: its packets, its keep alive, its session's way to it, and its end.
 * MQTT 3.1.1 and MQTT 5; AWS IoT Core Developer Guide, "MQTT", "Lifecycle events" (the reasons of an end).
 * @module
 */
import { fail } from '@/lib/result';
import type { DisconnectReason } from '@/lib/sandbox/connectivity';
import type { ClientGuard } from '@/lib/sandbox/mqtt/client-guard';
import type { ConnectPacket } from '@/lib/sandbox/mqtt/connect-packet';
import type { ConnectionReporter } from '@/lib/sandbox/mqtt/connection-reporter';
import { framingReason } from '@/lib/sandbox/mqtt/framing-reason';
import { decodePacket, encodePacket, type ServerPacket } from '@/lib/sandbox/mqtt/packet-codec';
import type { Packet, PacketFramer } from '@/lib/sandbox/mqtt/packet-framer';
import { packetFault } from '@/lib/sandbox/mqtt/packet-shape';
import type { Reason } from '@/lib/sandbox/mqtt/reason';
import { reasonCodeOf } from '@/lib/sandbox/mqtt/reason-codes';
import type { Transport } from '@/lib/sandbox/mqtt/transport';
import { closeQuietly } from '@/lib/sandbox/tls/close-quietly';
import { Acknowledgements } from './acknowledgements';
import type { Broker } from './broker';
import { ClientLink } from './client-link';
import { connack, type Grants, grantsFor } from './connack';
import { handlePacket } from './handle-packet';
import { ReadThrottle } from './read-throttle';
import type { Session } from './session';
import { InboundAliases } from './topic-aliases';
import { willMessage } from './will-message';

/** Who is connected, as events, lists and explanations tell it. */
export type ClientFacts = {
  region: string;
  clientId: string;
  principal: string;
  certificateId: string | undefined;
  /** New for each connection. */
  sessionId: string;
  connectedAt: Date;
};

/** Why a connection is closed by the broker. */
export type Refusal = {
  /** For people. */
  reason: Reason;
  /** For presence events; CLIENT_ERROR when it is not said. */
  because?: DisconnectReason;
  /** For the DISCONNECT of MQTT 5, where the reason's own code does not fit. */
  code?: number;
};

export type Ending = {
  reason: DisconnectReason;
  /** For a DISCONNECT, which only MQTT 5 clients get; without it there is none. */
  code?: number;
  withWill?: boolean;
};

/** Told when the broker knows it too. */
export type ConnectionEvents = {
  connected(connection: ClientConnection): void;
  disconnected(connection: ClientConnection, reason: DisconnectReason): void;
  subscribed(connection: ClientConnection, filters: readonly string[]): void;
  unsubscribed(connection: ClientConnection, filters: readonly string[]): void;
};

export type ConnectionParts = {
  facts: ClientFacts;
  transport: Transport;
  framer: PacketFramer;
  connect: ConnectPacket;
  /** The client id was made up for it. */
  assignedId: boolean;
  broker: Broker;
  guard: ClientGuard;
  reporter: ConnectionReporter;
  events: ConnectionEvents;
  /** Epoch milliseconds. */
  now(): number;
  /** Resolves when what was accepted so far survives a crash. */
  durable(): Promise<void>;
  onFault(error: Error): void;
};

/** MQTT 3.1.1 section 3.1.2.10. */
const KEEP_ALIVE_FACTOR = 1.5;

export class ClientConnection {
  readonly parts: ConnectionParts;
  readonly grants: Grants;
  readonly session: Session;
  readonly link: ClientLink;
  readonly aliases = new InboundAliases();
  readonly acknowledgements = new Acknowledgements(this);
  readonly #throttle = new ReadThrottle(performance.now());
  readonly #keepAlive: NodeJS.Timeout;
  #state: 'open' | 'ended' = 'open';
  #holds = 0;

  /** Takes the client id over and answers CONNECT. */
  constructor(parts: ConnectionParts) {
    const { broker, connect, transport, facts } = parts;
    this.parts = parts;
    this.grants = grantsFor(connect);
    this.link = new ClientLink(this);
    const { clientId } = facts;
    const { cleanStart } = connect;
    const order = { clientId, cleanStart, expirySeconds: this.grants.expirySeconds };
    const { session, sessionPresent } = broker.open(this.link, order);
    this.session = session;
    const silenceMs = this.grants.keepAliveSeconds * KEEP_ALIVE_FACTOR * 1_000;
    this.#keepAlive = setTimeout(() => this.#silent(), silenceMs);
    this.#keepAlive.unref();
    transport.stream.on('close', () => this.#lost());
    transport.stream.on('end', () => this.#lost());
    transport.stream.on('drain', () => session.outbox.flush(this.link, parts.now()));
    this.send(connack(connect, { sessionPresent, grants: this.grants, assignedId: parts.assignedId }));
    parts.events.connected(this);
    session.outbox.resume(this.link, parts.now());
    session.outbox.flush(this.link, parts.now());
  }

  get ended(): boolean {
    return this.#state === 'ended';
  }

  /** Begins to read. @param early - packets that had come together with CONNECT */
  read(early: readonly Packet[]): void {
    const { stream } = this.parts.transport;
    for (const packet of early) this.#handle(packet);
    if (this.ended) return;
    stream.on('data', (chunk: Uint8Array) => this.#receive(chunk));
    if (this.#holds === 0) stream.resume();
  }

  /** Reads no further until as many {@link release} have come. */
  hold(): void {
    this.#holds += 1;
    this.parts.transport.stream.pause();
  }

  release(): void {
    this.#holds -= 1;
    if (this.#holds === 0 && !this.ended) this.parts.transport.stream.resume();
  }

  send(packet: ServerPacket): void {
    const { stream } = this.parts.transport;
    if (this.ended || stream.destroyed || stream.writableEnded) return;
    stream.write(encodePacket(packet, this.parts.connect.version));
  }

  /** Ends the connection for a reason that is told to people, and to MQTT 5 clients as a code. */
  refuse({ reason, because = 'CLIENT_ERROR', code = reasonCodeOf(reason) }: Refusal): void {
    if (this.ended) return;
    this.parts.reporter.report(reason);
    this.end({ reason: because, code });
  }

  end({ reason, code, withWill = true }: Ending): void {
    if (this.ended) return;
    const { connect, broker, events, framer, transport } = this.parts;
    if (code !== undefined && connect.version === 5) this.send({ cmd: 'disconnect', reasonCode: code });
    this.#state = 'ended';
    clearTimeout(this.#keepAlive);
    framer.close();
    closeQuietly(transport.stream);
    broker.leave(this.session, withWill ? willMessage(this.parts) : undefined);
    events.disconnected(this, reason);
  }

  #receive(chunk: Uint8Array): void {
    if (this.ended) return;
    this.#keepAlive.refresh();
    const { packets, fault } = this.parts.framer.push(chunk);
    let publishes = 0;
    for (const packet of packets) {
      if (packet.type === 3) publishes += 1;
      this.#handle(packet);
      if (this.ended) return;
    }
    this.#slowDown(this.#throttle.spend({ publishes, bytes: chunk.length }, performance.now()));
    if (fault !== undefined) this.refuse({ reason: framingReason(fault) });
  }

  #handle(packet: Packet): void {
    if (this.ended) return;
    const { version } = this.parts.connect;
    const fault = packetFault(packet, version);
    const decoded = fault === undefined ? decodePacket(packet.bytes, version) : fail(fault);
    if (decoded.ok) handlePacket(this, decoded.value);
    else this.refuse({ reason: { code: 'packet-refused', fault: decoded.failure } });
    this.link.checkUnread();
  }

  #slowDown(waitMs: number): void {
    if (waitMs === 0) return;
    this.hold();
    setTimeout(() => {
      // What waits unread is silence of our making.
      this.#keepAlive.refresh();
      this.release();
    }, waitMs).unref();
  }

  #silent(): void {
    const { keepAliveSeconds } = this.grants;
    const reason = { code: 'keep-alive-timeout', keepAliveSeconds } as const;
    this.refuse({ reason, because: 'MQTT_KEEP_ALIVE_TIMEOUT' });
  }

  #lost(): void {
    this.end({ reason: 'CONNECTION_LOST' });
  }
}
