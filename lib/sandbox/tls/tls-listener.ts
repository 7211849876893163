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
  /** 0 picks a free one. */
  port: number;
  /** From the TCP connection to the end of the handshake. */
  handshakeTimeoutMs: number;
  /** Both addresses together may hold twice as many. */
  connectionsPerAddressMax: number;
  onConnection(socket: TLSSocket): void;
  /** A handshake that did not end well, or an address that stopped listening. */
  onError(error: Error): void;
};

export type TlsListener = { port: number; close(): Promise<void> };

/** Attempts at a port that is free on both addresses, when any port will do. */
const PORT_ATTEMPTS_MAX = 10;

/**
 * Listens on 127.0.0.1 and, where the machine has it, on ::1, with one port number for both.
 * @throws the listening error (EADDRINUSE, EACCES …) when the wanted port cannot be had
 */
export async function listenTls(settings: TlsListenerSettings): Promise<TlsListener> {
  for (let attempt = 1; ; attempt += 1) {
    const open: Server[] = [await listenOn('127.0.0.1', settings.port, settings)];
    const port = portOf(open[0]);
    try {
      open.push(await listenOn('::1', port, settings));
    } catch (error) {
      if (!hasCode(error, ['EADDRNOTAVAIL', 'EAFNOSUPPORT'])) {
        await Promise.all(open.map(closeServer));
        const anotherMayDo = settings.port === 0 && attempt < PORT_ATTEMPTS_MAX;
        if (anotherMayDo && hasCode(error, ['EADDRINUSE'])) continue;
        throw error;
      }
      // No IPv6 loopback on this machine: 127.0.0.1 alone is what there is.
    }
    return {
      port,
      close: async () => {
        await Promise.all(open.map(closeServer));
      },
    };
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
      // AWS documents the first for MQTT on port 443.
      ALPNProtocols: ['x-amzn-mqtt-ca', 'mqtt'],
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
