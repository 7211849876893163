import type { ConnectPacket } from '@/lib/sandbox/mqtt/connect-packet';
import type { ConnackProperties, ServerPacket } from '@/lib/sandbox/mqtt/packet-codec';
import {
  grantedKeepAlive,
  grantedSessionExpiry,
  INBOUND_UNACKNOWLEDGED_MAX,
  PACKET_BODY_BYTES_MAX,
  SESSION_EXPIRY_SECONDS_MAX,
} from '@/lib/sandbox/mqtt/packet-rules';
import { TOPIC_ALIASES_MAX } from './topic-aliases';

/** What a connection was granted, from what it asked for. */
export type Grants = {
  keepAliveSeconds: number;
  /** How long the session outlives the connection. */
  expirySeconds: number;
};

export function grantsFor({ version, cleanSession, keepAliveSeconds, properties }: ConnectPacket): Grants {
  const persistent = version === 4 ? SESSION_EXPIRY_SECONDS_MAX : (properties.sessionExpiryInterval ?? 0);
  return {
    keepAliveSeconds: grantedKeepAlive(keepAliveSeconds),
    expirySeconds: cleanSession ? 0 : grantedSessionExpiry(persistent),
  };
}

/** The answer to a CONNECT that was let in; MQTT 5 clients are told every limit (section 3.2.2.3). */
export function connack(
  connect: ConnectPacket,
  { sessionPresent, grants, assignedId }: { sessionPresent: boolean; grants: Grants; assignedId: boolean },
): ServerPacket {
  if (connect.version === 4) return { cmd: 'connack', returnCode: 0, sessionPresent };
  const properties: ConnackProperties = {
    receiveMaximum: INBOUND_UNACKNOWLEDGED_MAX,
    maximumQoS: 1,
    retainAvailable: true,
    maximumPacketSize: PACKET_BODY_BYTES_MAX,
    topicAliasMaximum: TOPIC_ALIASES_MAX,
    wildcardSubscriptionAvailable: true,
    subscriptionIdentifiersAvailable: false,
    sharedSubscriptionAvailable: true,
    serverKeepAlive: grants.keepAliveSeconds,
  };
  if (grants.expirySeconds !== (connect.properties.sessionExpiryInterval ?? 0)) {
    properties.sessionExpiryInterval = grants.expirySeconds;
  }
  if (assignedId) properties.assignedClientIdentifier = connect.clientId;
  return { cmd: 'connack', reasonCode: 0, sessionPresent, properties };
}
