import type { ClientPacket, ClientPacketOf } from '@/lib/sandbox/mqtt/packet-codec';
import { grantedSessionExpiry } from '@/lib/sandbox/mqtt/packet-rules';
import { REASON_CODE } from '@/lib/sandbox/mqtt/reason-codes';
import { acceptPublish } from './accept-publish';
import type { ClientConnection } from './client-connection';
import { subscribe, unsubscribe } from './subscribe';

/**
 * Does what a packet of a client asks for.
 * @param packet - well formed, as `packet-shape.ts` has it
 */
export function handlePacket(connection: ClientConnection, packet: ClientPacket): void {
  switch (packet.cmd) {
    case 'publish':
      acceptPublish(connection, packet);
      break;
    case 'puback':
      acknowledge(connection, packet.messageId ?? 0);
      break;
    case 'subscribe':
      subscribe(connection, packet);
      break;
    case 'unsubscribe':
      unsubscribe(connection, packet);
      break;
    case 'pingreq':
      connection.send({ cmd: 'pingresp' });
      break;
    case 'disconnect':
      disconnect(connection, packet);
      break;
    default:
      connection.refuse({ reason: { code: 'packet-refused', fault: `${packet.cmd} from a client` } });
  }
}

function acknowledge({ session, link, parts }: ClientConnection, packetId: number): void {
  session.outbox.acknowledge(packetId);
  session.outbox.flush(link, parts.now());
}

function disconnect(connection: ClientConnection, packet: ClientPacketOf<'disconnect'>): void {
  const { session } = connection;
  const { reasonCode = REASON_CODE.success, properties } = packet;
  const expiry = properties?.sessionExpiryInterval;
  if (expiry !== undefined) {
    // A session that was to end with the connection cannot be prolonged [MQTT-3.14.2-2].
    if (session.expirySeconds === 0 && expiry > 0) {
      connection.refuse({
        reason: { code: 'packet-refused', fault: 'a session expiry in DISCONNECT' },
        code: REASON_CODE.protocolError,
      });
      return;
    }
    session.expirySeconds = grantedSessionExpiry(expiry);
  }
  connection.end({
    reason: 'CLIENT_INITIATED_DISCONNECT',
    // MQTT 5 clients may ask for their will (section 3.14.2.1); otherwise it is discarded [MQTT-3.14.4-3].
    withWill: reasonCode !== REASON_CODE.success,
  });
}
