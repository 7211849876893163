/**
 * The CONNECT packet as the broker sees it: read strictly, and with what AWS grants in place of what was asked for.
 * MQTT 3.1.1 and MQTT 5, section 3.1; AWS IoT Core quotas page for the numbers.
 * @module
 */
import { fail, ok, type Result } from '@/lib/result';
import { FieldReader } from './field-reader';
import { decodePacket, type ProtocolVersion, type WillProperties } from './packet-codec';
import type { Packet } from './packet-framer';
import { propertyFault } from './property-shape';

export type ConnectPacket = {
  version: ProtocolVersion;
  clientId: string;
  /** Nothing of an earlier session is wanted. */
  cleanStart: boolean;
  /** The session ends with the connection: what policies know as the opposite of `PersistentConnect`. */
  cleanSession: boolean;
  /** As asked for, 0 for none. */
  keepAliveSeconds: number;
  will: Will | undefined;
  /** Those that the connection needs; user properties are not kept. */
  properties: {
    sessionExpiryInterval: number | undefined;
    receiveMaximum: number | undefined;
    maximumPacketSize: number | undefined;
    topicAliasMaximum: number | undefined;
  };
};

export type Will = {
  topic: string;
  payload: Uint8Array;
  qos: number;
  retain: boolean;
  properties: WillProperties;
};

export type ConnectFault =
  | { kind: 'not-connect'; packetType: number }
  | { kind: 'malformed' }
  /** `level` 3 is MQTT 3.1. */
  | { kind: 'unsupported-protocol'; level: number }
  /** MQTT 5 AUTH, which AWS IoT does not have. */
  | { kind: 'enhanced-authentication' };

const CONNECT = 1;
const LEVEL_3_1 = 3;

/** Reads the first packet of a connection. */
export function readConnect(packet: Packet): Result<ConnectPacket, ConnectFault> {
  if (packet.type !== CONNECT) return fail({ kind: 'not-connect', packetType: packet.type });
  const reader = new FieldReader(packet.body);
  const protocol = reader.text();
  const level = reader.byte();
  const malformed = fail({ kind: 'malformed' } as const);
  if (protocol === undefined || level === undefined || packet.flags !== 0) return malformed;
  if (protocol === 'MQIsdp' && level === LEVEL_3_1) return fail({ kind: 'unsupported-protocol', level });
  if (protocol !== 'MQTT') return malformed;
  if (level !== 4 && level !== 5) return fail({ kind: 'unsupported-protocol', level });
  if (!isWellFormed(reader, level)) return malformed;
  const decoded = decodePacket(packet.bytes, level);
  if (!decoded.ok || decoded.value.cmd !== 'connect') return malformed;
  const { clientId, clean = false, keepalive = 0, will, properties = {} } = decoded.value;
  const { sessionExpiryInterval, receiveMaximum, maximumPacketSize, topicAliasMaximum } = properties;
  // Both are protocol errors (MQTT 5 sections 3.1.2.11.3 and 4).
  if (receiveMaximum === 0 || maximumPacketSize === 0) return malformed;
  if (properties.authenticationMethod !== undefined) return fail({ kind: 'enhanced-authentication' });
  return ok({
    version: level,
    clientId,
    cleanStart: clean,
    cleanSession: level === 4 ? clean : (sessionExpiryInterval ?? 0) === 0,
    keepAliveSeconds: keepalive,
    will: will && {
      topic: will.topic,
      // A copy: what came is a view, and would keep the whole piece for as long as the will waits.
      payload: typeof will.payload === 'string' ? Buffer.from(will.payload) : Buffer.from(will.payload),
      qos: will.qos ?? 0,
      retain: will.retain === true,
      properties: will.properties ?? {},
    },
    properties: { sessionExpiryInterval, receiveMaximum, maximumPacketSize, topicAliasMaximum },
  });
}

/** Whether everything after the protocol level is there, whole, and nothing else. */
function isWellFormed(reader: FieldReader, version: ProtocolVersion): boolean {
  const flags = reader.byte();
  // Bit 0 is reserved and must be zero [MQTT-3.1.2-3].
  if (flags === undefined || reader.uint16() === undefined || (flags & 0x01) !== 0) return false;
  if (version === 5 && propertyFault(reader, 'connect') !== undefined) return false;
  if (reader.text() === undefined || !isWillWellFormed(reader, { flags, version })) return false;
  if ((flags & 0x80) !== 0 && reader.text() === undefined) return false;
  if ((flags & 0x40) !== 0 && reader.lengthPrefixed() === undefined) return false;
  // MQTT 3.1.1 forbids a password without a user name [MQTT-3.1.2-22]; MQTT 5 allows it.
  if (version === 4 && (flags & 0xc0) === 0x40) return false;
  return reader.atEnd;
}

function isWillWellFormed(
  reader: FieldReader,
  { flags, version }: { flags: number; version: ProtocolVersion },
): boolean {
  const qos = (flags >> 3) & 0x03;
  // Without a will its QoS and RETAIN bits must be zero [MQTT-3.1.2-11, 13, 15].
  if ((flags & 0x04) === 0) return (flags & 0x38) === 0;
  if (qos === 3) return false;
  if (version === 5 && propertyFault(reader, 'will') !== undefined) return false;
  const topic = reader.text();
  return topic !== undefined && topic !== '' && !/[#+]/.test(topic) && reader.lengthPrefixed() !== undefined;
}
