/**
 * What AWS IoT tells about its clients' comings and goings, on topics and in the fleet's connectivity.
 * AWS IoT Core Developer Guide, "Lifecycle events" (fields, reasons, topics).
 * @module
 */
import type { DisconnectReason } from '@/lib/sandbox/connectivity';
import type { MessageBus } from '@/lib/sandbox/message-bus';
import type { SandboxState } from '@/lib/sandbox/state/sandbox-state';
import type { ClientConnection } from './broker/client-connection';
import type { ClientFacts, ConnectionEvents } from './broker/connection-parts';
import type { Transport } from './transport';

type NotedEnd = {
  transport: Pick<Transport, 'remoteAddress' | 'remotePort'>;
  reason: DisconnectReason;
  versionNumber: number;
};

export class LifecycleEvents implements ConnectionEvents {
  readonly #sandbox: SandboxState;
  readonly #bus: MessageBus;
  readonly #now: () => Date;

  constructor({ sandbox, bus, now }: { sandbox: SandboxState; bus: MessageBus; now: () => Date }) {
    this.#sandbox = sandbox;
    this.#bus = bus;
    this.#now = now;
  }

  connected({ parts: { facts, transport } }: ClientConnection): void {
    const { region, clientId, principal, sessionId } = facts;
    const versionNumber = this.#nextVersion(region, clientId);
    this.#sandbox.connectivity.set(region, clientId, {
      connected: true,
      timestamp: this.#now().getTime(),
      principal,
      sessionId,
      versionNumber,
      sourceIp: transport.remoteAddress,
      sourcePort: transport.remotePort,
    });
    const ipAddress = transport.remoteAddress;
    this.#tell(facts, 'presence', 'connected', { ipAddress, versionNumber });
  }

  disconnected({ parts: { facts, transport } }: ClientConnection, reason: DisconnectReason): void {
    // Whoever took the client id over has not been noted yet: the old connection ends first.
    const known = this.#sandbox.connectivity.get(facts.region, facts.clientId);
    const versionNumber = known?.versionNumber ?? 0;
    this.#noteEnd(facts, { transport, reason, versionNumber });
    this.#tellEnd(facts, { reason, versionNumber });
  }

  /** The policies did not let the connection begin. */
  connectFailed(facts: ClientFacts, { remoteAddress }: Transport): void {
    this.#tell(facts, 'presence', 'connect_failed', {
      connectFailureReason: 'AUTHORIZATION_FAILED',
      ipAddress: remoteAddress,
    });
  }

  /**
   * The client connects more often than AWS lets it. A connection that it has meanwhile goes on, and so does what is known
   * of it.
   */
  connectThrottled(facts: ClientFacts, transport: Transport): void {
    const known = this.#sandbox.connectivity.get(facts.region, facts.clientId);
    const versionNumber = known?.versionNumber ?? 0;
    if (known?.connected !== true) this.#noteEnd(facts, { transport, reason: 'THROTTLED', versionNumber });
    this.#tellEnd(facts, { reason: 'THROTTLED', versionNumber });
  }

  subscribed({ parts: { facts } }: ClientConnection, topics: readonly string[]): void {
    this.#tell(facts, 'subscriptions', 'subscribed', { topics });
  }

  unsubscribed({ parts: { facts } }: ClientConnection, topics: readonly string[]): void {
    this.#tell(facts, 'subscriptions', 'unsubscribed', { topics });
  }

  #noteEnd({ region, clientId, principal, sessionId }: ClientFacts, end: NotedEnd): void {
    const { transport, reason, versionNumber } = end;
    this.#sandbox.connectivity.set(region, clientId, {
      connected: false,
      timestamp: this.#now().getTime(),
      disconnectReason: reason,
      principal,
      sessionId,
      versionNumber,
      sourceIp: transport.remoteAddress,
      sourcePort: transport.remotePort,
    });
  }

  #tellEnd(facts: ClientFacts, { reason, versionNumber }: Omit<NotedEnd, 'transport'>): void {
    this.#tell(facts, 'presence', 'disconnected', {
      clientInitiatedDisconnect: reason === 'CLIENT_INITIATED_DISCONNECT',
      disconnectReason: reason,
      versionNumber,
    });
  }

  /** Counts from 0, and from 0 again for a client that has been away for about an hour. */
  #nextVersion(region: string, clientId: string): number {
    const last = this.#sandbox.connectivity.get(region, clientId);
    if (last === undefined) return 0;
    const awayMs = last.connected ? 0 : this.#now().getTime() - last.timestamp;
    return awayMs > VERSION_KEPT_MS ? 0 : last.versionNumber + 1;
  }

  #tell(
    { region, clientId, principal, sessionId, certificateId }: ClientFacts,
    kind: 'presence' | 'subscriptions',
    eventType: string,
    fields: Readonly<Record<string, unknown>>,
  ): void {
    // A topic cannot hold them; AWS IoT tells nothing of such clients.
    if (/[#+]/.test(clientId)) return;
    const thingName = certificateId && this.#exclusiveThing(region, certificateId);
    const event = {
      clientId,
      ...(thingName !== undefined && { thingName }),
      timestamp: this.#now().getTime(),
      eventType,
      sessionIdentifier: sessionId,
      principalIdentifier: principal,
      ...fields,
    };
    this.#bus
      .publish({
        region,
        topic: `$aws/events/${kind}/${eventType}/${clientId}`,
        payload: new TextEncoder().encode(JSON.stringify(event)),
        qos: 1,
        retain: false,
      })
      // The bus goes down with the sandbox, and nobody is left to be told.
      .catch(() => undefined);
  }

  #exclusiveThing(regionName: string, certificateId: string): string | undefined {
    const region = this.#sandbox.region(regionName);
    const attached = region.thingPrincipals.leftsOf(region.certificateArn(certificateId));
    for (const [thingName, { type }] of attached) {
      if (type === 'EXCLUSIVE_THING') return thingName;
    }
    return undefined;
  }
}

const VERSION_KEPT_MS = 3_600_000;
