import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readConnect } from './connect-packet';
import type { Packet } from './packet-framer';

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
    expect(readConnect(connect(4, 0x26, 0, 60, 0, 2, 'ab', ...will))).toMatchObject({
      ok: true,
      value: {
        version: 4,
        clientId: 'ab',
        cleanSession: true,
        keepAliveSeconds: 60,
        will: { topic: 'w', retain: true, qos: 0, payload: Buffer.from('no') },
      },
    });
  });

  it('does not keep the piece that CONNECT came in for the sake of its will', () => {
    const given = connect(4, 0x26, 0, 60, 0, 2, 'ab', 0, 1, 'w', 0, 2, 'no');
    const read = readConnect(given);
    given.bytes.fill(0);
    given.body.fill(0);
    expect(read).toMatchObject({ value: { will: { payload: Buffer.from('no') } } });
  });

  it('reads MQTT 5, whose session lives as long as it says, whether or not it starts clean', () => {
    const expiry = [5, 0x11, 0, 0, 0, 9];
    expect(readConnect(connect(5, 2, 0, 60, ...expiry, 0, 2, 'ab'))).toMatchObject({
      ok: true,
      value: { version: 5, cleanStart: true, cleanSession: false, properties: { sessionExpiryInterval: 9 } },
    });
    expect(readConnect(connect(5, 0, 0, 60, 0, 0, 2, 'ab'))).toMatchObject({
      ok: true,
      value: { cleanStart: false, cleanSession: true },
    });
  });

  it.each<[string, Packet, string]>([
    ['enhanced-authentication', connect(5, 2, 0, 60, 4, 0x15, 0, 1, 'x', 0, 0), 'AUTH of MQTT 5'],
    ['malformed', connect(5, 2, 0, 60, 3, 0x21, 0, 0, 0, 0), 'Receive Maximum 0'],
    ['malformed', connect(5, 2, 0, 60, 9, 0x11, 0, 0, 0, 9, 0, 0), 'properties longer than the packet'],
    ['malformed', connect(5, 2, 0, 60, 3, 0x23, 0, 1, 0, 0), 'a property of PUBLISH'],
    ['malformed', connect(5, 2, 0, 60, 4, 0x17, 1, 0x17, 1, 0, 0), 'a property twice'],
    ['malformed', connect(5, 2, 0, 60, 2, 0x17, 2, 0, 0), 'a flag that is neither 0 nor 1'],
    ['malformed', connect(4, 2, 0, 60, 0, 1, 'a', 0), 'a byte too many'],
    ['malformed', connect(4, 0x42, 0, 60, 0, 1, 'a', 0, 1, 'p'), 'a password without a user name'],
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
