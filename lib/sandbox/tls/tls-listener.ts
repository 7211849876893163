/**
 * TLS on the loopback addresses, as AWS IoT's MQTT port does it: a client certificate is asked for and none is
 * refused, because the verdict comes with MQTT's CONNECT.
 * @module
 */
import { constants } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { createServer, type Server, type TLSSocket } from 'node:tls';

export type TlsListenerSettings = {
  keyPem: string;
  certPem: string;
  /** Loopback addresses; the first must be had, the others where the machine has them. */
  hosts: readonly string[];
  /** 0 picks a free one. */
  port: number;
  /** From the TCP connection to the end of the handshake. */
  handshakeTimeoutMs: number;
  /** Both addresses together may hold twice as many. */
  connectionsPerAddressMax: number;
  /** What may be asked for by ALPN, best first. AWS documents `x-amzn-mqtt-ca` for MQTT. */
  alpnProtocols?: string[];
  onConnection(socket: TLSSocket): void;
  /** A handshake that did not end well, or an address that stopped listening. */
  onError(error: Error): void;
};

export type TlsListener = { port: number; close(): Promise<void> };

/** Attempts at a port that is free on both addresses, when any port will do. */
const PORT_ATTEMPTS_MAX = 10;

/**
 * Listens on all of the hosts that the machine has, with one port number for all.
 * @throws the listening error (EADDRINUSE, EACCES …) when the wanted port cannot be had
 */
export async function listenTls(settings: TlsListenerSettings): Promise<TlsListener> {
  for (let attempt = 1; ; attempt += 1) {
    const servers: Server[] = [];
    const close = async () => {
      await Promise.all(servers.map(closeServer));
    };
    try {
      for (const host of settings.hosts) await addServer(servers, host, settings);
      return { port: portOf(servers[0]), close };
    } catch (error) {
      await close();
      const anotherMayDo = settings.port === 0 && attempt < PORT_ATTEMPTS_MAX;
      if (!anotherMayDo || !hasCode(error, ['EADDRINUSE'])) throw error;
    }
  }
}

async function addServer(servers: Server[], host: string, settings: TlsListenerSettings): Promise<void> {
  const [first] = servers;
  try {
    servers.push(await listenOn(host, first === undefined ? settings.port : portOf(first), settings));
  } catch (error) {
    // No such address on this machine, as IPv6 in many containers: the first one is what there is.
    if (first !== undefined && hasCode(error, ['EADDRNOTAVAIL', 'EAFNOSUPPORT'])) return;
    throw error;
  }
}

async function listenOn(host: string, port: number, settings: TlsListenerSettings): Promise<Server> {
  const server = createServer(
    {
      key: settings.keyPem,
      cert: settings.certPem,
      requestCert: true,
      rejectUnauthorized: false,
      // No CA at all: none is named to clients, so that every certificate is offered, and none is trusted.
      ca: [],
      minVersion: 'TLSv1.2',
      // A resumed session hides the chain; a renegotiation could change the certificate behind our back.
      secureOptions: constants.SSL_OP_NO_TICKET | constants.SSL_OP_NO_RENEGOTIATION,
      ALPNProtocols: settings.alpnProtocols ?? ['x-amzn-mqtt-ca', 'mqtt'],
      handshakeTimeout: settings.handshakeTimeoutMs,
      noDelay: true,
    },
    settings.onConnection,
  );
  server.maxConnections = settings.connectionsPerAddressMax;
  server.on('tlsClientError', (error, socket) => {
    settings.onError(error);
    socket.destroy();
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port }, () => {
      server.off('error', reject);
      server.on('error', settings.onError);
      resolve();
    });
  });
  return server;
}

function portOf(server: Server | undefined): number {
  const address: AddressInfo | string | null | undefined = server?.address();
  if (address === null || address === undefined || typeof address === 'string') {
    throw new TypeError('a listening TCP server has an address and a port');
  }
  return address.port;
}

/** Stops listening; whoever holds the open connections ends them. */
async function closeServer(server: Server): Promise<void> {
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
}

function hasCode(error: unknown, codes: readonly string[]): boolean {
  return error instanceof Error && 'code' in error && codes.includes(String(error.code));
}
