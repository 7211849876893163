import type { Duplex } from 'node:stream';
import type { ConnectedClient } from '@/lib/sandbox/message-bus';
import { closeQuietly } from '@/lib/sandbox/tls/close-quietly';
import type { ClientConnection } from './broker/client-connection';

/** Everything that is connected, so that it can be listed, and ended from elsewhere. */
export class OpenConnections {
  readonly #streams = new Set<Duplex>();
  readonly #connections = new Set<ClientConnection>();
  /** By Region and certificate. */
  readonly #byCertificate = new Map<string, Set<ClientConnection>>();

  /** A connection whose CONNECT is awaited; forgotten by itself when it closes. */
  watch(stream: Duplex): void {
    this.#streams.add(stream);
    stream.once('close', () => this.#streams.delete(stream));
  }

  add(connection: ClientConnection): void {
    this.#connections.add(connection);
    const key = certificateKey(connection.parts.facts);
    if (key === undefined) return;
    this.#byCertificate.set(key, (this.#byCertificate.get(key) ?? new Set()).add(connection));
  }

  delete(connection: ClientConnection): void {
    this.#connections.delete(connection);
    const key = certificateKey(connection.parts.facts);
    if (key === undefined) return;
    const connections = this.#byCertificate.get(key);
    connections?.delete(connection);
    if (connections?.size === 0) this.#byCertificate.delete(key);
  }

  clients(): ConnectedClient[] {
    return [...this.#connections].map(describeClient);
  }

  closeCertificate({
    status,
    ...certificate
  }: {
    region: string;
    certificateId: string;
    status: string;
  }): void {
    const connections = this.#byCertificate.get(certificateKey(certificate) ?? '') ?? [];
    for (const connection of [...connections]) {
      connection.refuse({ reason: { code: 'certificate-left-active', status }, because: 'FORBIDDEN_ACCESS' });
    }
  }

  closeAll(): void {
    for (const stream of this.#streams) closeQuietly(stream);
  }

  /** Does not wait for anybody's answer to the close. */
  destroyAll(): void {
    for (const stream of this.#streams) stream.destroy();
  }
}

function certificateKey({
  region,
  certificateId,
}: {
  region: string;
  certificateId: string | undefined;
}): string | undefined {
  return certificateId === undefined ? undefined : `${region} ${certificateId}`;
}

function describeClient({ parts, grants, session }: ClientConnection): ConnectedClient {
  const { facts, transport, connect } = parts;
  return {
    region: facts.region,
    clientId: facts.clientId,
    certificateId: facts.certificateId,
    principal: facts.principal,
    connectedAt: facts.connectedAt.toISOString(),
    protocol: transport.protocol,
    mqttVersion: connect.version === 5 ? '5' : '3.1.1',
    sourceIp: transport.remoteAddress,
    keepAliveSeconds: grants.keepAliveSeconds,
    cleanStart: connect.cleanStart,
    cleanSession: connect.cleanSession,
    subscriptions: [...session.subscriptions.keys()],
  };
}
