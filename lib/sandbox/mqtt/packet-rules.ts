/**
 * What AWS IoT does differently from MQTT's letter, decided packet by packet before the broker library sees them.
 * AWS IoT Core Developer Guide, "MQTT" (no QoS 2, keep alive); quotas page for the numbers.
 * @module
 */
import { FieldReader } from './connect-packet';
import type { Packet } from './packet-framer';
import type { ProtocolReason } from './reason';

export const PAYLOAD_BYTES_MAX = 131_072;
/** Payload, topic, and what surrounds them. A CONNECT may carry a will of that size. */
export const PACKET_BODY_BYTES_MAX = PAYLOAD_BYTES_MAX + 1_024;
export const FILTERS_PER_SUBSCRIBE_MAX = 8;
const KEEP_ALIVE_SECONDS_MIN = 30;
const KEEP_ALIVE_SECONDS_MAX = 1_200;

export type PacketVerdict =
  | { kind: 'pass' }
  | { kind: 'drop'; reason: ProtocolReason }
  | { kind: 'close'; reason: ProtocolReason };

const PASS: PacketVerdict = { kind: 'pass' };

/** Judges one packet of an admitted connection. */
export function judgePacket(packet: Packet): PacketVerdict {
  switch (packet.type) {
    case 1:
      return close({ code: 'packet-refused', fault: 'a second CONNECT' });
    case 3:
      return judgePublish(packet);
    case 8:
      return judgeSubscribe(packet);
    // PUBACK, PUBREC, PUBREL, PUBCOMP, UNSUBSCRIBE, PINGREQ, DISCONNECT.
    case 4:
    case 5:
    case 6:
    case 7:
    case 10:
    case 12:
    case 14:
      return PASS;
    default:
      return close({ code: 'packet-refused', fault: `packet type ${packet.type} from a client` });
  }
}

function judgePublish({ body, flags }: Packet): PacketVerdict {
  const qos = (flags >> 1) & 0x03;
  if (qos === 2) return { kind: 'drop', reason: { code: 'qos-2-publish' } };
  const topicBytes = (body[0] ?? 0) * 256 + (body[1] ?? 0);
  // The library would replace what is not UTF-8 and deliver it under another name [MQTT-1.5.3-1, 2].
  if (new FieldReader(body).text() === undefined) {
    return close({ code: 'packet-refused', fault: 'a malformed topic' });
  }
  const payloadBytes = body.length - 2 - topicBytes - (qos > 0 ? 2 : 0);
  return payloadBytes > PAYLOAD_BYTES_MAX
    ? close({ code: 'packet-too-long', bytes: payloadBytes, bytesMax: PAYLOAD_BYTES_MAX })
    : PASS;
}

function judgeSubscribe({ body }: Packet): PacketVerdict {
  const reader = new FieldReader(body);
  reader.bytes(2);
  let filters = 0;
  let wantsQos2 = false;
  while (!reader.atEnd) {
    const filter = reader.text();
    const qos = reader.byte();
    if (filter === undefined || qos === undefined) {
      return close({ code: 'packet-refused', fault: 'a malformed SUBSCRIBE' });
    }
    filters += 1;
    wantsQos2 ||= qos === 2;
  }
  // At least one [MQTT-3.8.3-3].
  if (filters === 0) return close({ code: 'packet-refused', fault: 'an empty SUBSCRIBE' });
  if (filters > FILTERS_PER_SUBSCRIBE_MAX) {
    return close({ code: 'subscribe-too-many-filters', filters, filtersMax: FILTERS_PER_SUBSCRIBE_MAX });
  }
  return wantsQos2 ? { kind: 'drop', reason: { code: 'qos-2-subscribe' } } : PASS;
}

function close(reason: ProtocolReason): PacketVerdict {
  return { kind: 'close', reason };
}

/** Where the keep alive lies in the body of a 3.1.1 CONNECT: after protocol name, level and flags. */
const KEEP_ALIVE_OFFSET = 8;

/**
 * The CONNECT packet with a keep alive that AWS grants: 30 to 1200 s, and 1200 s where the client wants none.
 * @param packet - one that was read as MQTT 3.1.1
 */
export function clampKeepAlive(packet: Packet): Uint8Array {
  const bytes = Uint8Array.from(packet.bytes);
  const view = new DataView(bytes.buffer, packet.bytes.length - packet.body.length);
  const wanted = view.getUint16(KEEP_ALIVE_OFFSET);
  const granted = Math.min(Math.max(wanted, KEEP_ALIVE_SECONDS_MIN), KEEP_ALIVE_SECONDS_MAX);
  view.setUint16(KEEP_ALIVE_OFFSET, wanted === 0 ? KEEP_ALIVE_SECONDS_MAX : granted);
  return bytes;
}

const CLIENT_ID_BYTES_MAX = 128;

/** What is wrong with a client id (AWS IoT Core quotas: 128 bytes, not beginning with `$`). */
export function clientIdFault(clientId: string): 'empty' | 'too-long' | 'reserved' | undefined {
  if (clientId === '') return 'empty';
  if (clientId.startsWith('$')) return 'reserved';
  return new TextEncoder().encode(clientId).length > CLIENT_ID_BYTES_MAX ? 'too-long' : undefined;
}
