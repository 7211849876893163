/**
 * The sandbox's MQTT half: the TLS port, admission, the brokers and provisioning, put together.
 * @module
 */
import { Provisioner } from '@/lib/sandbox/jitp/provisioner';
import type { MqttPart, MqttSettings } from '@/lib/sandbox/message-bus';
import { listenTls } from '@/lib/sandbox/tls/tls-listener';
import type { AdmissionDesk } from './admit-device';
import { IssuerFinder } from './issuers';
import { OpenConnections } from './open-connections';
import { RegionalBrokers } from './regional-brokers';
import { serveConnection } from './serve-connection';

/** A handshake on loopback takes milliseconds; a constrained device behind a tunnel may need seconds. */
const HANDSHAKE_TIMEOUT_MS = 10_000;
/** AWS was measured to tolerate 4 s of silence after the handshake. */
const CONNECT_TIMEOUT_MS = 10_000;
/** Each may hold one packet of 132 KB before it is known: 270 MB at the very worst, on both addresses. */
const CONNECTIONS_PER_ADDRESS_MAX = 1_000;

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
  const desk: AdmissionDesk = {
    sandbox,
    now,
    issuers: new IssuerFinder(sandbox),
    brokers: new RegionalBrokers(onFault),
    provisioner: new Provisioner({ sandbox, delayMs, now, onFault }),
    open: new OpenConnections(),
    connectTimeoutMs: timeouts.connectTimeoutMs ?? CONNECT_TIMEOUT_MS,
    onFault,
  };
  const listener = await listenTls({
    ...settings.serverIdentity,
    hosts: settings.hosts,
    port: settings.port,
    handshakeTimeoutMs: timeouts.handshakeTimeoutMs ?? HANDSHAKE_TIMEOUT_MS,
    connectionsPerAddressMax: CONNECTIONS_PER_ADDRESS_MAX,
    onConnection: (socket) => serveConnection(socket, desk),
    // Garbage instead of TLS, a client that does not trust the sandbox: worth telling, and nobody's fault here.
    onError: (error) => explainHandshake(settings, error),
  });
  const onStatus = ({ region, certificateId, status = 'DELETED' }: StatusChange) => {
    if (status !== 'ACTIVE') desk.open.closeCertificate({ region, certificateId, status });
  };
  const onReset = () => {
    desk.provisioner.close();
    desk.open.closeAll();
    desk.brokers.close().catch(onFault);
  };
  sandbox.changes.on('certificate-status', onStatus);
  sandbox.changes.on('reset', onReset);

  return {
    port: listener.port,
    bus: desk.brokers,
    async close() {
      sandbox.changes.off('certificate-status', onStatus);
      sandbox.changes.off('reset', onReset);
      desk.provisioner.close();
      await desk.brokers.close();
      desk.open.destroyAll();
      await listener.close();
    },
  };
}

type StatusChange = { region: string; certificateId: string; status: string | undefined };

function explainHandshake({ sandbox, now }: MqttSettings, error: Error): void {
  const message = `A TLS handshake failed (${error.message}). The client must speak TLS 1.2 or 1.3 and trust the sandbox's root certificate.`;
  sandbox.explanations.explain(
    { code: 'tls-handshake-failed', message, params: { error: error.message } },
    now(),
  );
}
