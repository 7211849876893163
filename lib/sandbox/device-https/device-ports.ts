/**
 * The other two ports at which AWS takes devices: HTTPS on 8443, and one for firewalls that let only a single port
 * through, where ALPN (RFC 7301) tells MQTT from HTTPS.
 * AWS IoT Core Developer Guide, "Device communication protocols".
 * @module
 */
import type { TLSSocket } from 'node:tls';
import { transportOf } from '@/lib/sandbox/mqtt/start-mqtt';
import type { Transport } from '@/lib/sandbox/mqtt/transport';
import type { SandboxState } from '@/lib/sandbox/state/sandbox-state';
import { closeQuietly } from '@/lib/sandbox/tls/close-quietly';
import { describeHandshakeFailure } from '@/lib/sandbox/tls/handshake-failure';
import { listenTls, type TlsListener } from '@/lib/sandbox/tls/tls-listener';
import { DeviceHttpsServer, type DeviceHttpsTimeouts } from './device-https-server';

export type DevicePortsSettings = {
  sandbox: SandboxState;
  /** Undefined: the usual one when it is free, else any. */
  httpsPort: number | undefined;
  alpnPort: number | undefined;
  hosts: readonly string[];
  serverIdentity: { keyPem: string; certPem: string };
  now: () => Date;
  /** Takes an MQTT client. */
  serveMqtt(transport: Transport): void;
  onUnexpected(error: unknown): void;
  timeouts?: DeviceHttpsTimeouts | undefined;
};

export type DevicePorts = { httpsPort: number; alpnPort: number; close(): Promise<void> };

export const HTTPS_PORT = 8443;
/** AWS has 443, which only root may take. */
export const ALPN_PORT = 4443;

const HANDSHAKE_TIMEOUT_MS = 10_000;
const CONNECTIONS_PER_ADDRESS_MAX = 1000;
const MQTT_PROTOCOL = 'x-amzn-mqtt-ca';
const HTTP_PROTOCOL = 'x-amzn-http-ca';

/** @throws the listening error when a port that was asked for cannot be had */
export async function startDevicePorts(settings: DevicePortsSettings): Promise<DevicePorts> {
  const https = new DeviceHttpsServer(settings);
  const sockets = new Set<TLSSocket>();
  const watched = (serve: (socket: TLSSocket) => void) => (socket: TLSSocket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    serve(socket);
  };
  const listeners: TlsListener[] = [];
  const close = async () => {
    for (const socket of sockets) socket.destroy();
    await Promise.all(listeners.map((listener) => listener.close()));
  };
  const listen = async (port: number, alpnProtocols: string[], serve: (socket: TLSSocket) => void) => {
    const listener = await listenTls({
      ...settings.serverIdentity,
      hosts: settings.hosts,
      port,
      alpnProtocols,
      handshakeTimeoutMs: HANDSHAKE_TIMEOUT_MS,
      connectionsPerAddressMax: CONNECTIONS_PER_ADDRESS_MAX,
      onConnection: watched(serve),
      onError: (error) =>
        explain(settings, { code: 'tls-handshake-failed', message: describeHandshakeFailure(error) }),
    });
    listeners.push(listener);
    return listener.port;
  };
  try {
    const httpsPort = await wantedOrUsual(settings.httpsPort, HTTPS_PORT, (port) =>
      listen(port, [HTTP_PROTOCOL, 'http/1.1'], (socket) => https.serve(socket)),
    );
    const alpnPort = await wantedOrUsual(settings.alpnPort, ALPN_PORT, (port) =>
      listen(port, [MQTT_PROTOCOL, HTTP_PROTOCOL], (socket) => {
        if (socket.alpnProtocol === MQTT_PROTOCOL) settings.serveMqtt(transportOf(socket));
        else if (socket.alpnProtocol === HTTP_PROTOCOL) https.serve(socket);
        else refuseWithoutAlpn(socket, settings);
      }),
    );
    return { httpsPort, alpnPort, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Nobody who asked for no port in particular is kept from starting by another program that has the usual one. */
async function wantedOrUsual(
  wanted: number | undefined,
  usual: number,
  listen: (port: number) => Promise<number>,
): Promise<number> {
  if (wanted !== undefined) return listen(wanted);
  try {
    return await listen(usual);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') return listen(0);
    throw error;
  }
}

function refuseWithoutAlpn(socket: TLSSocket, settings: DevicePortsSettings): void {
  const message = `The client named no protocol by ALPN; this port needs ${MQTT_PROTOCOL} or ${HTTP_PROTOCOL}. The connection was closed.`;
  explain(settings, { code: 'alpn-missing', message });
  socket.on('error', () => undefined);
  closeQuietly(socket);
}

function explain(
  { sandbox, now }: DevicePortsSettings,
  explanation: { code: string; message: string },
): void {
  sandbox.explanations.explain(explanation, now());
}
