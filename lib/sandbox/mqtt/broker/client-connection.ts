/**
 * One client that was let in: its packets, its keep alive, its session's way to it, and its end.
 * MQTT 3.1.1 and MQTT 5; AWS IoT Core Developer Guide, "MQTT".
 * @module
 */
import { fail } from '@/lib/result';
import { decodePacket, encodePacket, type ServerPacket } from '@/lib/sandbox/mqtt/packet-codec';
import type { Packet } from '@/lib/sandbox/mqtt/packet-framer';
import { packetFault } from '@/lib/sandbox/mqtt/packet-shape';
import { REASON_CODE, reasonCodeOf } from '@/lib/sandbox/mqtt/reason-codes';
import { closeQuietly } from '@/lib/sandbox/tls/close-quietly';
import { Acknowledgements } from './acknowledgements';
import { ClientLink } from './client-link';
import { connack, type Grants, grantsFor } from './connack';
import type { ConnectionParts, Ending, Refusal } from './connection-parts';
import { ConnectionShare, PUBLISHES_PER_SECOND } from './connection-share';
import { handlePacket } from './handle-packet';
import { Inbox } from './inbox';
import type { Session } from './session';
import { InboundAliases } from './topic-aliases';
import { willMessage } from './will-message';

/** MQTT 3.1.1 section 3.1.2.10. */
const KEEP_ALIVE_FACTOR = 1.5;
/** AWS IoT Core quotas, "WebSocket connection duration". */
const WEBSOCKET_HOURS_MAX = 24;
const HOUR_MS = 3_600_000;

export class ClientConnection {
  readonly parts: ConnectionParts;
  readonly grants: Grants;
  readonly session: Session;
  readonly link: ClientLink;
  readonly inbox: Inbox;
  readonly share: ConnectionShare;
  readonly aliases = new InboundAliases();
  readonly acknowledgements = new Acknowledgements(this);
  readonly #keepAlive: NodeJS.Timeout;
  #state: 'open' | 'ended' = 'open';

  /** Takes the client id over, answers CONNECT and sends what has waited in the session. */
  constructor(parts: ConnectionParts) {
    const { broker, connect, transport, framer, facts, now } = parts;
    const { stream } = transport;
    this.parts = parts;
    this.grants = grantsFor(connect);
    this.share = new ConnectionShare(parts.excess);
    this.link = new ClientLink(this);
    const { session, sessionPresent } = broker.open(this.link, {
      clientId: facts.clientId,
      cleanStart: connect.cleanStart,
      expirySeconds: this.grants.expirySeconds,
    });
    this.session = session;
    this.inbox = new Inbox({
      stream,
      framer,
      handle: (packet) => this.#handle(packet),
      waitMs: () => this.share.readWaitMs({ outgoingWaits: this.link.waits }),
      refuse: (reason) => this.refuse({ reason }),
      fail: (error) => this.#fail(error),
    });
    const silenceMs = this.grants.keepAliveSeconds * KEEP_ALIVE_FACTOR * 1_000;
    this.#keepAlive = setTimeout(() => this.#silent(), silenceMs);
    this.#keepAlive.unref();
    stream.on('close', () => this.#lost());
    stream.on('end', () => this.#lost());
    stream.on('drain', () => session.outbox.flush(this.link, now()));
    this.send(connack(connect, { sessionPresent, grants: this.grants, assignedId: parts.assignedId }));
    parts.events.connected(this);
    session.outbox.resume(this.link, now());
    session.outbox.flush(this.link, now());
  }

  get ended(): boolean {
    return this.#state === 'ended';
  }

  send(packet: ServerPacket): void {
    const { stream } = this.parts.transport;
    if (this.ended || stream.destroyed || stream.writableEnded) return;
    const bytes = encodePacket(packet, this.parts.connect.version);
    this.share.takeBytes(bytes.length);
    stream.write(bytes);
  }

  /** Ends the connection for a reason that is told to people, and to MQTT 5 clients as a code. */
  refuse({ reason, because = 'CLIENT_ERROR', code = reasonCodeOf(reason) }: Refusal): void {
    if (this.ended) return;
    this.parts.reporter.report(reason);
    this.end({ reason: because, code });
  }

  /** Tells people that more is published than AWS IoT carries for one connection. */
  tellRate(): void {
    const { excess } = this.share;
    this.parts.reporter.report({ code: 'rate-exceeded', excess, publishesPerSecond: PUBLISHES_PER_SECOND });
  }

  /** A WebSocket does not outlive a day. @param nowMs - epoch milliseconds */
  endIfExpired(nowMs: number): void {
    const { transport, facts } = this.parts;
    const ageMs = nowMs - facts.connectedAt.getTime();
    if (transport.protocol !== 'websocket' || ageMs < WEBSOCKET_HOURS_MAX * HOUR_MS) return;
    this.refuse({
      reason: { code: 'websocket-expired', hoursMax: WEBSOCKET_HOURS_MAX },
      because: 'WEBSOCKET_TTL_EXPIRATION',
    });
  }

  end({ reason, code, withWill = true }: Ending): void {
    if (this.ended) return;
    const { connect, broker, events, transport } = this.parts;
    if (code !== undefined && connect.version === 5) this.send({ cmd: 'disconnect', reasonCode: code });
    this.#state = 'ended';
    clearTimeout(this.#keepAlive);
    this.link.close();
    this.inbox.close();
    closeQuietly(transport.stream);
    broker.leave(this.session, withWill ? willMessage(this.parts) : undefined);
    events.disconnected(this, reason);
  }

  #handle(packet: Packet): void {
    this.endIfExpired(this.parts.now());
    if (this.ended) return;
    this.#keepAlive.refresh();
    this.share.takeBytes(packet.bytes.length);
    const { version } = this.parts.connect;
    const fault = packetFault(packet, version);
    const decoded = fault === undefined ? decodePacket(packet.bytes, version) : fail(fault);
    if (decoded.ok) handlePacket(this, decoded.value);
    else this.refuse({ reason: { code: 'packet-refused', fault: decoded.failure } });
    this.link.checkUnread();
  }

  #fail(error: Error): void {
    this.parts.onFault(error);
    this.end({ reason: 'SERVER_ERROR', code: REASON_CODE.unspecified });
  }

  #silent(): void {
    const { keepAliveSeconds } = this.grants;
    const reason = { code: 'keep-alive-timeout', keepAliveSeconds } as const;
    this.refuse({ reason, because: 'MQTT_KEEP_ALIVE_TIMEOUT' });
  }

  #lost(): void {
    // A Close frame says what DISCONNECT says (guide, "Lifecycle events").
    const goodbye = this.parts.transport.closedByPeer?.() === true;
    if (goodbye) this.end({ reason: 'CLIENT_INITIATED_DISCONNECT', withWill: false });
    else this.end({ reason: 'CONNECTION_LOST' });
  }
}
