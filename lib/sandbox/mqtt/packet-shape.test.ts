import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodePacket } from './packet-codec';
import type { Packet } from './packet-framer';
import { packetFault } from './packet-shape';

function packet(type: number, flags: number, ...body: (number | string)[]): Packet {
  const bytes = Buffer.concat(
    body.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from([part]))),
  );
  return {
    type,
    flags,
    body: bytes,
    bytes: Buffer.concat([Buffer.from([(type << 4) | flags, bytes.length]), bytes]),
  };
}

describe('packetFault', () => {
  it.each<[string | undefined, Packet, string]>([
    [undefined, packet(3, 0, 0, 1, 't', 'payload'), 'PUBLISH'],
    [undefined, packet(3, 2, 0, 1, 't', 0, 1), 'the same with QoS 1 and no payload'],
    ['no packet identifier', packet(3, 2, 0, 1, 't', 0, 0), 'packet identifier 0 [MQTT-2.3.1-1]'],
    ['a malformed topic', packet(3, 0, 0, 9, 't'), 'a topic longer than its packet'],
    ['a wildcard in a topic', packet(3, 0, 0, 1, '#'), '[MQTT-3.3.2-2]'],
    ['an empty topic', packet(3, 0, 0, 0, 'x'), '[MQTT-4.7.3-1]'],
    [undefined, packet(8, 2, 0, 1, 0, 1, 'a', 1), 'SUBSCRIBE'],
    ['a malformed SUBSCRIBE', packet(8, 2, 0, 1, 0, 9, 'a'), 'a filter longer than its packet'],
    ['an empty SUBSCRIBE', packet(8, 2, 0, 1), '[MQTT-3.8.3-3]'],
    ['a misplaced wildcard in a filter', packet(8, 2, 0, 1, 0, 3, '/b#', 1), '[MQTT-4.7.1-2]'],
    ['a misplaced wildcard in a filter', packet(8, 2, 0, 1, 0, 3, '#/a', 1), '[MQTT-4.7.1-2]'],
    [undefined, packet(12, 0), 'PINGREQ'],
    ['a second CONNECT', packet(1, 0), '[MQTT-3.1.0-2]'],
    ['packet type 2 from a client', packet(2, 0), 'CONNACK'],
    ['packet type 15 from a client', packet(15, 0), 'AUTH'],
    ['packet type 0 from a client', packet(0, 0), 'reserved'],
  ])('%s for MQTT 3.1.1 (%#: %s)', (fault, given) => {
    expect(packetFault(given, 4)).toBe(fault);
  });

  it.each<[string | undefined, Packet, string]>([
    [undefined, packet(3, 0, 0, 0, 3, 0x23, 0, 1, 'x'), 'a topic alias in place of a topic'],
    ['property 35 twice', packet(3, 0, 0, 0, 6, 0x23, 0, 1, 0x23, 0, 2), 'a topic alias twice'],
    ['property 11 in publish', packet(3, 0, 0, 1, 't', 2, 0x0b, 1), 'a subscription identifier'],
    ['a malformed property 38', packet(3, 0, 0, 1, 't', 4, 0x26, 0, 9, 'a'), 'a user property cut short'],
    ['a malformed property length', packet(3, 0, 0, 1, 't', 9), 'longer than the packet'],
    [undefined, packet(4, 0, 0, 1), 'PUBACK without reason code'],
    [undefined, packet(4, 0, 0, 1, 0x87), 'PUBACK with one'],
    [undefined, packet(14, 0), 'DISCONNECT without reason code'],
    [undefined, packet(14, 0, 4, 5, 0x11, 0, 0, 0, 1), 'DISCONNECT with one, and a session expiry'],
  ])('%s for MQTT 5 (%#: %s)', (fault, given) => {
    expect(packetFault(given, 5)).toBe(fault);
  });

  it('what it lets pass the library reads, or refuses in words', () => {
    const types = fc.constantFrom(3, 4, 8, 10, 12, 14);
    const versions = fc.constantFrom<4 | 5>(4, 5);
    fc.assert(
      fc.property(
        types,
        fc.nat(15),
        fc.uint8Array({ maxLength: 40 }),
        versions,
        (type, flags, body, version) => {
          const given = packet(type, flags, ...body);
          if (packetFault(given, version) !== undefined) return;
          const decoded = decodePacket(given.bytes, version);
          if (!decoded.ok) expect(decoded.failure).not.toBe('');
        },
      ),
      { numRuns: 2_000 },
    );
  });
});
