/** Bytes that no honest client sends: bounded cost, no crash, nothing created, and everybody else is still served. */
import { connect } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { MadeDevice } from './testing/device-workshop';
import { mosquittoPub } from './testing/mosquitto';
import { MqttBench } from './testing/mqtt-bench';
import { connectPacket, tcpBytes, tlsBytes } from './testing/raw-client';

let bench: MqttBench;
let device: MadeDevice;
beforeAll(async () => {
  bench = await MqttBench.open();
  device = await bench.makeObserver();
});
afterAll(() => bench[Symbol.asyncDispose]());
afterEach(async () => {
  const told = await mosquittoPub([...bench.args(device, { clientId: 'honest' }), '-t', 'a', '-m', 'b']);
  expect(told.output).toContain('received PUBACK');
  expect([...bench.scope().region.certificates.values()]).toHaveLength(1);
  expect(bench.events.filter(({ code }) => code === 'internal-fault')).toEqual([]);
});

const bytes = (...values: number[]) => Uint8Array.from(values);

describe('instead of TLS', () => {
  it.each([
    ['HTTP', [Buffer.from('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n')]],
    ['MQTT without TLS', [connectPacket('plain')]],
    ['zeros', [Buffer.alloc(100_000)]],
    [
      'the beginning of a ClientHello',
      [bytes(0x16, 0x03, 0x01, 0x40, 0x00, 0x01), Buffer.alloc(1_000, 0xff)],
    ],
  ])('%s: closed', async (_, send) => {
    const { afterMs } = await tcpBytes(bench, send);
    expect(afterMs).toBeLessThan(5_000);
  });

  it('nothing at all: closed after the handshake time', async () => {
    await tcpBytes(bench, []);
  });
});

describe('instead of CONNECT', () => {
  it.each<[string, string, Uint8Array[]]>([
    ['not-mqtt', 'garbage', [Buffer.from('GET / HTTP/1.1\r\n\r\n')]],
    ['not-mqtt', 'another packet', [bytes(0xc0, 0x00)]],
    ['not-mqtt', 'a length of five bytes', [bytes(0x10, 0xff, 0xff, 0xff, 0xff, 0x7f)]],
    ['not-mqtt', 'an empty CONNECT', [bytes(0x10, 0x00)]],
    ['packet-too-long', 'a CONNECT of 256 MB, announced', [bytes(0x10, 0xff, 0xff, 0xff, 0x7f)]],
    ['connect-timeout', 'half a CONNECT', [connectPacket('half').subarray(0, 9)]],
    ['connect-timeout', 'nothing', []],
    ['client-id-refused', 'no client id', [connectPacket('')]],
    ['client-id-refused', 'a reserved client id', [connectPacket('$x')]],
  ])('%s for %s', async (code, _, send) => {
    const seen = bench.events.length;
    const { received, reset } = await tlsBytes(bench, { device, send });
    expect(received).toHaveLength(0);
    expect(reset).toBe(false);
    expect(bench.events.slice(seen).map((event) => event.code)).toContain(code);
  });

  it('a megabyte after a refused CONNECT is not kept', async () => {
    const { reset } = await tlsBytes(bench, { send: [connectPacket('x'), Buffer.alloc(1_000_000, 0x30)] });
    expect(reset).toBe(false);
  });
});

describe('after CONNECT', () => {
  const publish = (...rest: number[]) => bytes(0x30, rest.length, ...rest);
  it.each<[string, string, Uint8Array[]]>([
    ['packet-too-long', 'a PUBLISH of 256 MB, announced', [bytes(0x30, 0xff, 0xff, 0xff, 0x7f)]],
    ['packet-refused', 'a second CONNECT', [connectPacket('again')]],
    ['packet-refused', 'a CONNACK', [bytes(0x20, 0x02, 0x00, 0x00)]],
    ['packet-refused', 'packet type 0', [bytes(0x00, 0x00)]],
    ['packet-refused', 'AUTH of MQTT 5', [bytes(0xf0, 0x00)]],
    ['packet-refused', 'a topic longer than its packet', [publish(0xff, 0xff, 0x61)]],
    ['packet-refused', 'a wildcard in a topic', [publish(0x00, 0x01, 0x23, 0x61)]],
    ['packet-refused', 'a topic that is not UTF-8', [publish(0x00, 0x01, 0xff, 0x61)]],
    ['packet-refused', 'an empty topic', [publish(0x00, 0x00, 0x61)]],
    ['packet-refused', 'QoS 3', [bytes(0x36, 0x05, 0x00, 0x01, 0x61, 0x00, 0x01)]],
    ['packet-refused', 'a malformed SUBSCRIBE', [bytes(0x82, 0x04, 0x00, 0x01, 0x00, 0x09)]],
    ['packet-refused', 'an empty SUBSCRIBE', [bytes(0x82, 0x02, 0x00, 0x01)]],
  ])('%s for %s', async (code, _, send) => {
    const seen = bench.events.length;
    const { received } = await tlsBytes(bench, { device, send: [connectPacket('hostile'), ...send] });
    // Nothing but what was due before: CONNACK, or not even that.
    expect(received.length).toBeLessThanOrEqual(4);
    expect(bench.events.slice(seen).map((event) => event.code)).toContain(code);
  });
});

it('what comes in one piece with CONNECT is judged like what comes after it', async () => {
  const together = Buffer.concat([connectPacket('hostile'), bytes(0x30, 0xff, 0xff, 0xff, 0x7f)]);
  const seen = bench.events.length;
  const { received } = await tlsBytes(bench, { device, send: [together] });
  expect(received).toHaveLength(4);
  expect(bench.events.slice(seen).map((event) => event.code)).toContain('packet-too-long');
});

describe('after CONNECT of MQTT 5', () => {
  const connect5 = Buffer.concat([
    bytes(0x10, 0x14, 0, 4, ...Buffer.from('MQTT'), 5, 2, 0, 60, 0, 0, 7),
    Buffer.from('hostile'),
  ]);
  const publish = (...rest: number[]) => bytes(0x30, rest.length, ...rest);
  it.each<[number, string, Uint8Array]>([
    [0x81, 'properties longer than the packet', publish(0, 1, 0x61, 0x7f)],
    [0x81, 'a property of CONNECT', publish(0, 1, 0x61, 5, 0x11, 0, 0, 0, 1)],
    [0x81, 'a property twice', publish(0, 1, 0x61, 4, 0x01, 0, 0x01, 0)],
    [0x81, 'a user property that is not UTF-8', publish(0, 1, 0x61, 7, 0x26, 0, 1, 0xff, 0, 1, 0x61)],
    [0x81, 'half a user property', publish(0, 1, 0x61, 4, 0x26, 0, 1, 0x61)],
    [0x81, 'AUTH', bytes(0xf0, 0x00)],
    [0x82, 'a wildcard in a response topic', publish(0, 1, 0x61, 4, 0x08, 0, 1, 0x23)],
    [0x82, 'neither topic nor alias', publish(0, 0, 0)],
    [0x94, 'topic alias 0', publish(0, 1, 0x61, 3, 0x23, 0, 0)],
    [0x95, 'a PUBLISH of 256 MB, announced', bytes(0x30, 0xff, 0xff, 0xff, 0x7f)],
  ])('DISCONNECT %i for %s', async (code, _, packet) => {
    const { received, reset } = await tlsBytes(bench, { device, send: [connect5, packet] });
    expect(reset).toBe(false);
    expect(received[0]).toBe(0x20);
    expect([...received.subarray(-4)]).toEqual([0xe0, 2, code, 0]);
  });
});

describe('many at once', () => {
  it('200 connections that say nothing are all ended, and an honest one is served meanwhile', async () => {
    const idle = Array.from({ length: 200 }, () => connect({ host: '127.0.0.1', port: bench.mqtt.port }));
    const closed = idle.map(
      (socket) =>
        new Promise((resolve) => {
          socket.on('error', () => undefined);
          socket.once('close', resolve);
          socket.resume();
        }),
    );
    const told = await mosquittoPub([...bench.args(device, { clientId: 'honest' }), '-t', 'a', '-m', 'b']);
    expect(told.code).toBe(0);
    await Promise.all(closed);
  });

  it('200 TLS connections with random bytes leave nothing behind', async () => {
    const random = (seed: number) =>
      Uint8Array.from({ length: 50 }, (_, at) => (seed * 7919 + at * 104_729) % 256);
    for (let round = 0; round < 10; round += 1) {
      await Promise.all(
        Array.from({ length: 20 }, (_, at) =>
          tlsBytes(bench, {
            device,
            send: [connectPacket(`r${round}-${at}`), random(round * 20 + at)],
            hangUp: true,
          }),
        ),
      );
    }
  });
});
