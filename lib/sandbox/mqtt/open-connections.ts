import type { Duplex } from 'node:stream';
import { closeQuietly } from '@/lib/sandbox/tls/close-quietly';
import type { ConnectionReporter } from './connection-reporter';

/** A connection that was let in. */
export type OpenConnection = {
  region: string;
  certificateId: string;
  clientId: string;
  socket: Duplex;
  reporter: ConnectionReporter;
};

/** Everything that is connected, so that it can be ended from elsewhere. */
export class OpenConnections {
  readonly #sockets = new Set<Duplex>();
  readonly #admitted = new Map<Duplex, OpenConnection>();

  /** A connection whose CONNECT is awaited; forgotten by itself when it closes. */
  watch(socket: Duplex): void {
    this.#sockets.add(socket);
    socket.once('close', () => {
      this.#sockets.delete(socket);
      this.#admitted.delete(socket);
    });
  }

  /** Notes a connection that the broker is about to take; the broker ends the one whose client id it takes over. */
  admit(connection: OpenConnection): void {
    for (const other of this.#admitted.values()) {
      if (other.region === connection.region && other.clientId === connection.clientId) {
        other.reporter.report({ code: 'client-id-taken-over' });
      }
    }
    this.#admitted.set(connection.socket, connection);
  }

  closeCertificate({
    region,
    certificateId,
    status,
  }: {
    region: string;
    certificateId: string;
    status: string;
  }): void {
    for (const connection of this.#admitted.values()) {
      if (connection.region !== region || connection.certificateId !== certificateId) continue;
      connection.reporter.report({ code: 'certificate-left-active', status });
      closeQuietly(connection.socket);
    }
  }

  closeAll(): void {
    for (const socket of this.#sockets) closeQuietly(socket);
  }

  /** Does not wait for anybody's answer to the close. */
  destroyAll(): void {
    for (const socket of this.#sockets) socket.destroy();
  }
}
