/** Connections that come another way than through the TLS port, byte by byte, with a clock of their own. */
import { type Duplex, duplexPair } from 'node:stream';
import { generate, type IConnectPacket, type Packet, parser } from 'mqtt-packet';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { behaviour } from '@/lib/sandbox/testing/behaviour';
import { MqttBench, REGION } from './testing/mqtt-bench';
import type { Transport } from './transport';

let bench: MqttBench;
beforeAll(async () => {
  bench = await MqttBench.open();
});
afterAll(() => bench[Symbol.asyncDispose]());
afterEach(() => {
  vi.useRealTimers();
});

type ServeOptions = Partial<Transport> & {
  version?: 4 | 5;
  keepalive?: number;
  properties?: NonNullable<IConnectPacket['properties']>;
};

/** The client's end of a stream whose other end the broker serves, and what has come. */
function serve(
  clientId: string,
  { version = 4, keepalive = 30, properties = {}, ...transport }: ServeOptions = {},
): { stream: Duplex; server: Duplex; packets: Packet[]; closed: () => boolean } {
  const [client, server] = duplexPair();
  bench.mqtt.serve({
    stream: server,
    identity: { kind: 'iam', region: REGION, principal: 'AROAEXAMPLE:session' },
    serverName: undefined,
    remoteAddress: '127.0.0.1',
    remotePort: 50_000,
    protocol: 'websocket',
    ...transport,
  });
  const packets: Packet[] = [];
  const reader = parser({ protocolVersion: version });
  reader.on('packet', (packet) => packets.push(packet));
  client.on('data', (chunk: Buffer) => reader.parse(chunk));
  client.write(
    generate({
      cmd: 'connect',
      clientId,
      protocolVersion: version,
      protocolId: 'MQTT',
      clean: true,
      keepalive,
      properties,
    }),
  );
  return { stream: client, server, packets, closed: () => server.destroyed || server.writableEnded };
}

const until = (test: () => boolean) => vi.waitFor(() => expect(test()).toBe(true), { timeout: 3_000 });

behaviour(
  'A caller with IAM credentials is allowed everything, and events name it as the principal',
  { known: 'assumed', source: '' },
  async () => {
    const events: unknown[] = [];
    const stop = bench.mqtt.bus.listen(({ topic, payload }) => {
      if (topic === '$aws/events/presence/connected/browser')
        events.push(JSON.parse(`${Buffer.from(payload)}`));
    });
    const { stream, packets } = serve('browser');
    stream.write(generate({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: 'any/#', qos: 1 }] }));
    stream.write(
      generate({
        cmd: 'publish',
        topic: 'any/thing',
        payload: 'x',
        qos: 1,
        messageId: 2,
        dup: false,
        retain: false,
      }),
    );
    await until(() => packets.length === 4);
    expect(packets.map(({ cmd }) => cmd)).toEqual(['connack', 'suback', 'publish', 'puback']);
    expect(events).toMatchObject([{ principalIdentifier: 'AROAEXAMPLE:session' }]);
    expect(bench.mqtt.bus.clients()).toMatchObject([
      {
        clientId: 'browser',
        protocol: 'websocket',
        certificateId: undefined,
        principal: 'AROAEXAMPLE:session',
      },
    ]);
    stop();
    stream.end();
    await until(() => bench.mqtt.bus.clients().length === 0);
  },
);

describe('keep alive', () => {
  behaviour(
    'A client that is silent for one and a half times its granted keep alive is closed, told as MQTT_KEEP_ALIVE_TIMEOUT, and to MQTT 5 as 0x8D',
    {
      known: 'documented',
      source: 'guide, "Lifecycle events"; AWS IoT Core quotas, "Connection inactivity (keep-alive interval)"',
    },
    async () => {
      vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
      // Asks for 5 s, is granted 30.
      const { stream, packets, closed } = serve('silent', { version: 5, keepalive: 5 });
      await vi.waitUntil(() => packets.length === 1);
      await vi.advanceTimersByTimeAsync(44_000);
      stream.write(generate({ cmd: 'pingreq' }));
      await vi.waitUntil(() => packets.length === 2);
      await vi.advanceTimersByTimeAsync(44_900);
      expect(closed()).toBe(false);
      await vi.advanceTimersByTimeAsync(200);
      expect(closed()).toBe(true);
      await vi.waitUntil(() => packets.length === 3);
      expect(packets[2]).toMatchObject({ cmd: 'disconnect', reasonCode: 0x8d });
      expect(bench.state.connectivity.get(REGION, 'silent')).toMatchObject({
        connected: false,
        disconnectReason: 'MQTT_KEEP_ALIVE_TIMEOUT',
      });
      expect((await bench.explained('keep-alive-timeout')).params).toEqual({ keepAliveSeconds: 30 });
    },
  );
});

describe('a client that does not acknowledge', () => {
  const unacknowledged = async (clientId: string, version: 4 | 5, properties = {}) => {
    const { stream, packets } = serve(clientId, { version, properties });
    const subscriptions = [{ topic: clientId, qos: 1 as const }];
    stream.write(generate({ cmd: 'subscribe', messageId: 1, subscriptions }, { protocolVersion: version }));
    await until(() => packets.length === 2);
    const payload = Buffer.from('x');
    for (let count = 0; count < 150; count += 1) {
      await bench.mqtt.bus.publish({ region: REGION, topic: clientId, payload, qos: 1, retain: false });
    }
    stream.write(generate({ cmd: 'pingreq' }));
    await until(() => packets.at(-1)?.cmd === 'pingresp');
    stream.end();
    return packets.filter(({ cmd }) => cmd === 'publish').length;
  };

  behaviour(
    'A client that does not acknowledge has at most 100 QoS 1 messages outstanding',
    {
      known: 'documented',
      source: 'AWS IoT Core quotas, "Maximum outbound unacknowledged QoS 1 publish requests"',
    },
    async () => {
      expect(await unacknowledged('window-4', 4)).toBe(100);
    },
  );

  behaviour(
    'A client that does not acknowledge has no more outstanding than its Receive Maximum says',
    { known: 'documented', source: 'MQTT 5 section 3.1.2.11.3' },
    async () => {
      expect(await unacknowledged('window-5', 5, { receiveMaximum: 7 })).toBe(7);
      expect(await unacknowledged('window-500', 5, { receiveMaximum: 500 })).toBe(100);
    },
  );
});

describe('a client that does not read', () => {
  it('misses QoS 0, has its QoS 1 kept, and costs no more than a bound', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    const { stream, packets } = serve('stalled');
    stream.write(generate({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: 'big/+', qos: 1 }] }));
    await until(() => packets.length === 2);
    stream.pause();
    const publishFifty = async (qos: 0 | 1) => {
      const payload = Buffer.alloc(100_000);
      for (let count = 0; count < 50; count += 1) {
        await bench.mqtt.bus.publish({ region: REGION, topic: `big/${qos}`, payload, qos, retain: false });
      }
    };
    await publishFifty(0);
    // Its share would let more out, but nobody reads.
    await vi.advanceTimersByTimeAsync(5_000);
    await publishFifty(0);
    await publishFifty(1);
    expect(packets).toHaveLength(2);
    stream.resume();
    const messages = () => packets.filter(({ cmd }) => cmd === 'publish');
    const ofQos1 = () => messages().filter((packet) => 'qos' in packet && packet.qos === 1).length;
    for (let seconds = 0; seconds < 20 && ofQos1() < 50; seconds += 1)
      await vi.advanceTimersByTimeAsync(1_000);
    expect(ofQos1()).toBe(50);
    expect(messages().length).toBeLessThan(75);
    stream.end();
  });

  it('is closed when the answers it asks for pile up', async () => {
    const { stream, server, packets, closed } = serve('asker');
    await until(() => packets.length === 1);
    // As many bytes of answers as it would take a client seconds to ask for.
    Object.defineProperty(server, 'writableLength', { value: 3_000_000 });
    stream.write(generate({ cmd: 'pingreq' }));
    await until(closed);
    expect((await bench.explained('client-too-slow')).params).toEqual({ bytes: 3_000_000 });
  });
});
