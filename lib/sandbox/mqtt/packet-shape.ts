/**
 * Looks at one whole packet of a client as bytes, before the packet library reads it: every field there and whole, every
 * text UTF-8, nothing left over. MQTT 3.1.1 and MQTT 5, sections 3.3 to 3.15; CONNECT is looked at in `connect-packet.ts`.
 * @module
 */
import { FieldReader } from './field-reader';
import type { ProtocolVersion } from './packet-codec';
import type { Packet } from './packet-framer';
import { propertyFault } from './property-shape';

/** What is wrong with the packet, in a few words; undefined when it is well formed. */
export function packetFault(packet: Packet, version: ProtocolVersion): string | undefined {
  const reader = new FieldReader(packet.body);
  switch (packet.type) {
    case 1:
      return 'a second CONNECT';
    case 3:
      return publishFault(packet, { reader, version });
    case 4:
      return acknowledgementFault(reader, version);
    case 8:
      return filtersFault(reader, { name: 'SUBSCRIBE', version });
    case 10:
      return filtersFault(reader, { name: 'UNSUBSCRIBE', version });
    case 12:
      return reader.atEnd ? undefined : 'a PINGREQ with a body';
    case 14:
      return disconnectFault(reader, version);
    default:
      // Server packets, those of QoS 2, AUTH and the reserved type.
      return `packet type ${packet.type} from a client`;
  }
}

type Reading = { reader: FieldReader; version: ProtocolVersion };

function publishFault({ flags }: Packet, { reader, version }: Reading): string | undefined {
  const qos = (flags >> 1) & 0x03;
  const topic = reader.text();
  if (qos === 3) return 'QoS 3';
  if (topic === undefined) return 'a malformed topic';
  if (/[#+]/.test(topic)) return 'a wildcard in a topic';
  // Only a topic alias, which MQTT 5 has, may stand for the topic [MQTT-4.7.3-1].
  if (topic === '' && version === 4) return 'an empty topic';
  if (qos > 0 && !reader.uint16()) return 'no packet identifier';
  return version === 5 ? propertyFault(reader, 'publish') : undefined;
}

function acknowledgementFault(reader: FieldReader, version: ProtocolVersion): string | undefined {
  if (!reader.uint16()) return 'no packet identifier';
  // Reason code and properties may be left out (MQTT 5 section 3.4.2.1).
  if (version === 5 && !reader.atEnd) reader.byte();
  if (version === 5 && !reader.atEnd) return propertyFault(reader, 'puback');
  return reader.atEnd ? undefined : 'a PUBACK that is too long';
}

function filtersFault(
  reader: FieldReader,
  { name, version }: { name: 'SUBSCRIBE' | 'UNSUBSCRIBE'; version: ProtocolVersion },
): string | undefined {
  if (!reader.uint16()) return 'no packet identifier';
  if (version === 5) {
    const fault = propertyFault(reader, name === 'SUBSCRIBE' ? 'subscribe' : 'unsubscribe');
    if (fault !== undefined) return fault;
  }
  // At least one [MQTT-3.8.3-3], [MQTT-3.10.3-2].
  if (reader.atEnd) return `an empty ${name}`;
  while (!reader.atEnd) {
    const filter = reader.text();
    if (filter === undefined || filter === '') return `a malformed ${name}`;
    if (name === 'SUBSCRIBE' && reader.byte() === undefined) return `a malformed ${name}`;
    if (!isFilter(filter)) return 'a misplaced wildcard in a filter';
  }
  return undefined;
}

/** Each wildcard fills a level, and `#` is the last one [MQTT-4.7.1-1, 2, 3]. */
function isFilter(filter: string): boolean {
  const levels = filter.split('/');
  return levels.every(
    (level, at) => level === '+' || (level === '#' && at === levels.length - 1) || !/[#+]/.test(level),
  );
}

function disconnectFault(reader: FieldReader, version: ProtocolVersion): string | undefined {
  if (version === 5 && !reader.atEnd) reader.byte();
  if (version === 5 && !reader.atEnd) return propertyFault(reader, 'disconnect');
  return reader.atEnd ? undefined : 'a DISCONNECT with a body';
}
