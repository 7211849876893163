import type { Duplex } from 'node:stream';
import type { PresentedCertificate } from '@/lib/sandbox/tls/peer-certificates';

/** Who is at the other end of a connection, as far as its transport has found out. */
export type ClientIdentity =
  /** Proved its first certificate's key in the TLS handshake; nothing else is verified. May be empty. */
  | { kind: 'certificate'; chain: readonly PresentedCertificate[] }
  /** A caller that signed with IAM credentials: it has everything allowed, in the Region it signed for. */
  | { kind: 'iam'; region: string; principal: string };

/**
 * A byte stream that speaks MQTT, from wherever it comes. Ending `stream` must end the connection as a peer expects it:
 * close_notify and FIN of a TLS socket, the Close frame of a WebSocket.
 */
export type Transport = {
  stream: Duplex;
  identity: ClientIdentity;
  /** What TLS SNI said, `undefined` where nothing did; looked at for certificates only. */
  serverName: string | undefined;
  remoteAddress: string | undefined;
  remotePort: number | undefined;
  protocol: 'mqtt' | 'websocket';
  /** Once it has ended: whether the peer has said so, as by a WebSocket's Close frame. */
  closedByPeer?(): boolean;
};
