/**
 * The sandbox's MQTT half: the TLS port, admission, the brokers and provisioning, put together.
 * @module
 */
import type { TLSSocket } from 'node:tls';
import { Provisioner } from '@/lib/sandbox/jitp/provisioner';
import type { MqttPart, MqttSettings } from '@/lib/sandbox/message-bus';
import { describeHandshakeFailure } from '@/lib/sandbox/tls/handshake-failure';
import { readPeerCertificates } from '@/lib/sandbox/tls/peer-certificates';
import { listenTls } from '@/lib/sandbox/tls/tls-listener';
import type { AdmissionDesk } from './admit-client';
import type { ConnectionEvents } from './broker/connection-parts';
import { ByteBudget } from './byte-budget';
import { IssuerFinder } from './issuers';
import { LifecycleEvents } from './lifecycle-events';
import { OpenConnections } from './open-connections';
import { RegionalBrokers } from './regional-brokers';
import { serveConnection } from './serve-connection';
import type { Transport } from './transport';

/** A handshake on loopback takes milliseconds; a constrained device behind a tunnel may need seconds. */
const HANDSHAKE_TIMEOUT_MS = 10_000;
/** AWS was measured to tolerate 4 s of silence after the handshake. */
const CONNECT_TIMEOUT_MS = 10_000;
/** A TLS connection that says nothing costs some 50 KB of memory and a file descriptor. */
const CONNECTIONS_PER_ADDRESS_MAX = 20_000;
/** Unfinished packets and wills of all clients together; each client alone may have 150 KB and 64 KB of them. */
const HELD_BYTES_MAX = 64 * 1024 * 1024;

export type MqttTimeouts = { handshakeTimeoutMs?: number; connectTimeoutMs?: number };

/**
 * Starts listening and answers when devices can connect.
 * @throws the listening error (EADDRINUSE, EACCES …) when the port cannot be had
 */
export async function startMqtt(settings: MqttSettings, timeouts: MqttTimeouts = {}): Promise<MqttPart> {
  const { sandbox, now, provisioningDelayMs: delayMs } = settings;
  const onFault = (error: Error) => {
    const message = `The sandbox made a mistake, and the connection or the provisioning it concerned was ended: ${error.message}`;
    sandbox.explanations.explain(
      { code: 'internal-fault', message, params: { error: error.message } },
      now(),
    );
  };
  const open = new OpenConnections();
  const held = new ByteBudget(HELD_BYTES_MAX);
  const brokers = new RegionalBrokers({ sandbox, held, now, onFault, clients: () => open.clients() });
  const lifecycle = new LifecycleEvents({ sandbox, bus: brokers, now });
  const desk: AdmissionDesk = {
    sandbox,
    now,
    issuers: new IssuerFinder(sandbox),
    brokers,
    provisioner: new Provisioner({ sandbox, delayMs, now, onFault }),
    open,
    lifecycle,
    events: eventsFor(open, lifecycle),
    held,
    connectTimeoutMs: timeouts.connectTimeoutMs ?? CONNECT_TIMEOUT_MS,
    onFault,
  };
  const listener = await listenTls({
    ...settings.serverIdentity,
    hosts: settings.hosts,
    port: settings.port,
    handshakeTimeoutMs: timeouts.handshakeTimeoutMs ?? HANDSHAKE_TIMEOUT_MS,
    connectionsPerAddressMax: CONNECTIONS_PER_ADDRESS_MAX,
    onConnection: (socket) => serveConnection(transportOf(socket), desk),
    // Garbage instead of TLS, a client that does not trust the sandbox: worth telling, and nobody's fault here.
    onError: (error) => explainHandshake(settings, error),
  });
  const onStatus = ({ region, certificateId, status = 'DELETED' }: StatusChange) => {
    if (status !== 'ACTIVE') desk.open.closeCertificate({ region, certificateId, status });
  };
  const onReset = () => {
    desk.provisioner.close();
    desk.brokers.close();
    desk.open.closeAll();
    // Those who were connected have left their ends in it.
    sandbox.connectivity.clear();
  };
  sandbox.changes.on('certificate-status', onStatus);
  sandbox.changes.on('reset', onReset);

  return {
    port: listener.port,
    bus: desk.brokers,
    serve: (transport) => serveConnection(transport, desk),
    async close() {
      sandbox.changes.off('certificate-status', onStatus);
      sandbox.changes.off('reset', onReset);
      desk.provisioner.close();
      desk.brokers.close();
      desk.open.destroyAll();
      await listener.close();
    },
  };
}

/** The list of connections first: whoever hears an event finds it up to date. */
function eventsFor(open: OpenConnections, lifecycle: LifecycleEvents): ConnectionEvents {
  return {
    connected(connection) {
      open.add(connection);
      lifecycle.connected(connection);
    },
    disconnected(connection, reason) {
      open.delete(connection);
      lifecycle.disconnected(connection, reason);
    },
    subscribed: (connection, filters) => lifecycle.subscribed(connection, filters),
    unsubscribed: (connection, filters) => lifecycle.unsubscribed(connection, filters),
  };
}

/** A TLS client as the broker takes it. To be called once per socket. */
export function transportOf(socket: TLSSocket): Transport {
  const { servername } = socket;
  return {
    stream: socket,
    identity: { kind: 'certificate', chain: readPeerCertificates(socket) },
    serverName: typeof servername === 'string' ? servername : undefined,
    remoteAddress: socket.remoteAddress,
    remotePort: socket.remotePort,
    protocol: 'mqtt',
  };
}

type StatusChange = { region: string; certificateId: string; status: string | undefined };

function explainHandshake({ sandbox, now }: MqttSettings, error: Error): void {
  const message = describeHandshakeFailure(error);
  sandbox.explanations.explain(
    { code: 'tls-handshake-failed', message, params: { error: error.message } },
    now(),
  );
}
