import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readConnect } from './connect-packet';
import { type Packet, PacketFramer } from './packet-framer';
import { clampKeepAlive, clientIdFault, judgePacket, PACKET_BODY_BYTES_MAX } from './packet-rules';

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

const connect = (...rest: (number | string)[]) => packet(1, 0, 0, 4, 'MQTT', ...rest);

describe('readConnect (MQTT 3.1.1 section 3.1)', () => {
  it('reads client id, clean session and will', () => {
    const will = [0, 1, 'w', 0, 2, 'no'];
    expect(readConnect(connect(4, 0x26, 0, 60, 0, 2, 'ab', ...will))).toEqual({
      ok: true,
      value: { clientId: 'ab', cleanSession: true, will: { topic: 'w', retain: true, qos: 0 } },
    });
  });

  it.each<[string, Packet, string]>([
    ['unsupported-protocol', connect(5, 2, 0, 60, 0, 0, 0), 'MQTT 5'],
    ['unsupported-protocol', packet(1, 0, 0, 6, 'MQIsdp', 3, 2, 0, 60, 0, 1, 'a'), 'MQTT 3.1'],
    ['unsupported-protocol', connect(9, 2, 0, 60, 0, 1, 'a'), 'a level that does not exist'],
    ['malformed', packet(1, 0, 0, 4, 'HTTP', 4, 2, 0, 60, 0, 1, 'a'), 'another protocol name'],
    ['malformed', packet(1, 1, 0, 4, 'MQTT', 4, 2, 0, 60, 0, 1, 'a'), 'flags in the fixed header'],
    ['malformed', connect(4, 3, 0, 60, 0, 1, 'a'), 'reserved flag [MQTT-3.1.2-3]'],
    ['malformed', connect(4, 2, 0, 60, 0, 9, 'a'), 'client id longer than the packet'],
    ['malformed', connect(4, 2, 0, 60, 0, 1, 0xff), 'client id that is not UTF-8 [MQTT-1.5.3-1]'],
    ['malformed', connect(4, 2, 0, 60, 0, 1, 0), 'client id with U+0000 [MQTT-1.5.3-2]'],
    ['malformed', connect(4, 0x22, 0, 60, 0, 1, 'a'), 'will retain without will [MQTT-3.1.2-15]'],
    ['malformed', connect(4, 0x1e, 0, 60, 0, 1, 'a', 0, 1, 'w', 0, 0), 'will QoS 3 [MQTT-3.1.2-14]'],
    ['malformed', connect(4, 0x06, 0, 60, 0, 1, 'a'), 'will announced and not there'],
    ['malformed', packet(1, 0), 'empty'],
    ['not-connect', packet(12, 0), 'PINGREQ'],
  ])('%s (%#: %s)', (kind, given) => {
    expect(readConnect(given)).toMatchObject({ ok: false, failure: { kind } });
  });

  it('answers for any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (body) => {
        expect(typeof readConnect({ type: 1, flags: 0, body, bytes: body }).ok).toBe('boolean');
      }),
    );
  });
});

describe('judgePacket', () => {
  const filters = (count: number, qos: number) =>
    packet(8, 2, 0, 1, ...Array.from({ length: count }, () => [0, 1, 'a', qos]).flat());
  const publish = (qos: number, payloadBytes: number): Packet => {
    const body = Buffer.concat([Buffer.from([0, 1, 0x74]), Buffer.alloc((qos > 0 ? 2 : 0) + payloadBytes)]);
    return { type: 3, flags: qos << 1, body, bytes: body };
  };
  it.each<[string, Packet, string]>([
    ['pass', publish(0, 131_072), 'the largest payload'],
    ['pass', publish(1, 131_072), 'the same with a packet id'],
    ['close packet-too-long', publish(0, 131_073), 'one byte more'],
    ['drop qos-2-publish', publish(2, 1), 'no QoS 2'],
    ['pass', filters(8, 1), 'eight filters'],
    ['close subscribe-too-many-filters', filters(9, 1), 'nine'],
    ['drop qos-2-subscribe', filters(1, 2), 'no QoS 2'],
    ['close packet-refused', packet(8, 2, 0, 1, 0, 9, 'a'), 'a filter longer than its packet'],
    ['pass', packet(12, 0), 'PINGREQ'],
    ['close packet-refused', packet(1, 0), 'a second CONNECT [MQTT-3.1.0-2]'],
    ['close packet-refused', packet(2, 0), 'CONNACK from a client'],
    ['close packet-refused', packet(15, 0), 'AUTH, of MQTT 5'],
    ['close packet-refused', packet(0, 0), 'reserved'],
  ])('%s (%#: %s)', (expected, given) => {
    const verdict = judgePacket(given);
    expect(verdict.kind === 'pass' ? 'pass' : `${verdict.kind} ${verdict.reason.code}`).toBe(expected);
  });
});

describe('clampKeepAlive (AWS IoT Core quotas)', () => {
  it.each([
    [0, 1200, 'none wanted: the default'],
    [5, 30, 'below'],
    [60, 60, 'within'],
    [65_535, 1200, 'above'],
  ])('%d s -> %d s (%s)', (wanted, granted) => {
    const asked = connect(4, 2, wanted >> 8, wanted & 0xff, 0, 1, 'a');
    const [clamped] = new PacketFramer(PACKET_BODY_BYTES_MAX).push(clampKeepAlive(asked)).packets;
    expect([...(clamped?.body.subarray(8, 10) ?? [])]).toEqual([granted >> 8, granted & 0xff]);
    expect(clamped && readConnect(clamped)).toMatchObject({ ok: true, value: { clientId: 'a' } });
  });
});

describe('clientIdFault', () => {
  it.each<[string, string | undefined]>([
    ['DemoThing', undefined],
    ['', 'empty'],
    ['$x', 'reserved'],
    ['a'.repeat(128), undefined],
    ['a'.repeat(129), 'too-long'],
    ['é'.repeat(65), 'too-long'],
  ])('%s -> %s', (clientId, fault) => {
    expect(clientIdFault(clientId)).toBe(fault);
  });
});
