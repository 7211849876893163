/** Sessions, wills, retained messages and limits, seen with clients that others wrote. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { startSandbox } from '@/lib/sandbox/start-sandbox';
import { behaviour } from '@/lib/sandbox/testing/behaviour';
import { RetainedMessages } from './broker/retained-messages';
import type { MadeDevice } from './testing/device-workshop';
import { mosquittoPub, Subscriber } from './testing/mosquitto';
import { MqttBench } from './testing/mqtt-bench';
import { JsClient } from './testing/mqtt-js';

let bench: MqttBench;
let observer: MadeDevice;
beforeAll(async () => {
  bench = await MqttBench.open();
  observer = await bench.makeObserver();
});
afterAll(() => bench[Symbol.asyncDispose]());

const as = (clientId: string, ...rest: string[]) => [...bench.args(observer, { clientId }), ...rest];
const open = (clientId: string, options: Partial<Parameters<typeof JsClient.open>[1]> = {}) =>
  JsClient.open(bench, { device: observer, clientId, protocolVersion: 4, ...options });

behaviour(
  'A persistent session says that it is there, has its subscriptions, and brings what came meanwhile',
  { known: 'documented', source: 'guide, "MQTT persistent sessions"' },
  async () => {
    {
      await using first = await Subscriber.start(as('keeper', '-c', '-t', 'news'));
      expect(first.output).toContain('Subscribed');
    }
    await mosquittoPub(as('editor', '-t', 'news', '-m', 'meanwhile'));
    await using second = JsClient.start(bench, {
      device: observer,
      clientId: 'keeper',
      protocolVersion: 4,
      clean: false,
    });
    expect((await second.next('connack')).sessionPresent).toBe(true);
    expect(await second.message()).toMatchObject({ topic: 'news', text: 'meanwhile', qos: 1, dup: false });
  },
);

behaviour(
  'An MQTT 5 session lives on for its expiry interval, and ends with its connection without one',
  { known: 'documented', source: 'guide, "MQTT 5 properties"' },
  async () => {
    const properties = { sessionExpiryInterval: 60 };
    const present = async (clientId: string, options: object) => {
      await using client = JsClient.start(bench, { device: observer, clientId, clean: false, ...options });
      const { sessionPresent } = await client.next('connack');
      await client.mqtt.endAsync();
      return sessionPresent;
    };
    expect(await present('five', { properties })).toBe(false);
    expect(await present('five', {})).toBe(true);
    expect(await present('five', {})).toBe(false);
  },
);

describe('a will', () => {
  const will = { topic: 'wills', payload: Buffer.from('gone'), qos: 1 as const, retain: false };

  behaviour(
    'A will is published when the connection is lost, and not when the client says goodbye',
    { known: 'documented', source: 'guide, "MQTT Last Will and Testament"' },
    async () => {
      await using watcher = await open('watcher');
      await watcher.mqtt.subscribeAsync('wills', { qos: 1 });
      const polite = await open('polite', { will });
      await polite.mqtt.endAsync();
      const rude = await open('rude', { will: { ...will, payload: Buffer.from('crashed') } });
      rude.vanish();
      expect((await watcher.message()).text).toBe('crashed');
    },
  );

  behaviour(
    'A will of an MQTT 5 client is published for DISCONNECT 0x04 too, with its properties',
    { known: 'documented', source: 'MQTT 5 section 3.14.2.1' },
    async () => {
      await using watcher = await open('watcher5', { protocolVersion: 5 });
      await watcher.mqtt.subscribeAsync('wills', { qos: 1 });
      await using client = await open('testator', {
        protocolVersion: 5,
        will: { ...will, properties: { contentType: 'text/plain', userProperties: { a: 'b' } } },
      });
      await client.mqtt.endAsync(false, { reasonCode: 4 });
      expect((await watcher.message()).properties).toEqual({
        contentType: 'text/plain',
        userProperties: { a: 'b' },
      });
    },
  );

  behaviour(
    'A will with QoS 2 is refused, to MQTT 5 clients as 0x9B',
    { known: 'documented', source: 'guide, "MQTT reason codes"' },
    async () => {
      await using client = JsClient.start(bench, {
        device: observer,
        clientId: 'will-2',
        will: { ...will, qos: 2 },
      });
      expect((await client.next('connack')).reasonCode).toBe(0x9b);
      await bench.explained('qos-2-will', observer.id);
    },
  );
});

describe('what a device publishes', () => {
  behaviour(
    'What a device publishes to a documented request topic is heard by the services, with client id and principal, and by subscribers',
    { known: 'documented', source: 'guide, "Reserved topics"' },
    async () => {
      const heard: unknown[] = [];
      const stop = bench.mqtt.bus.listen(({ topic, payload, clientId, principal }) => {
        if (clientId === 'shadowed') heard.push([topic, Buffer.from(payload).toString(), principal]);
      });
      await using client = await open('shadowed');
      await client.mqtt.subscribeAsync('$aws/things/pump/shadow/#');
      await client.mqtt.publishAsync('$aws/things/pump/shadow/update', '{}', { qos: 1 });
      expect((await client.message()).text).toBe('{}');
      expect(heard).toEqual([['$aws/things/pump/shadow/update', '{}', observer.id]]);
      stop();
    },
  );

  behaviour(
    'What a device publishes above 100 messages a second is delayed and all there',
    { known: 'documented', source: 'AWS IoT Core quotas, "Publish requests per second per connection"' },
    async () => {
      await using client = await open('flood');
      const startedAt = performance.now();
      await Promise.all(
        Array.from({ length: 180 }, () => client.mqtt.publishAsync('flood', 'x', { qos: 1 })),
      );
      expect(performance.now() - startedAt).toBeGreaterThan(300);
      expect(client.packets.filter(({ cmd }) => cmd === 'puback')).toHaveLength(180);
    },
  );
});

behaviour(
  'Shared subscriptions work for MQTT 3.1.1 too, each message to one of the group',
  { known: 'documented', source: 'guide, "Shared subscriptions"' },
  async () => {
    await using one = await open('worker-1');
    await using two = await open('worker-2');
    await one.mqtt.subscribeAsync('$share/workers/jobs/+', { qos: 1 });
    await two.mqtt.subscribeAsync('$share/workers/jobs/+', { qos: 1 });
    await using boss = await open('boss');
    for (const job of ['1', '2', '3', '4']) await boss.mqtt.publishAsync('jobs/x', job, { qos: 1 });
    const done = new Set<string>();
    for (const worker of [one, one, two, two]) done.add((await worker.message()).text);
    expect(done).toEqual(new Set(['1', '2', '3', '4']));
  },
);

behaviour(
  'Retained messages are still there after a restart, properties and all',
  { known: 'assumed', source: '' },
  async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'retained-'));
    const payload = Uint8Array.from([0, 255, 1]);
    const properties = { contentType: 'x/y', correlationData: Buffer.from([7]) };
    {
      await using sandbox = await startSandbox({ dataDir });
      const message = {
        region: 'us-east-2',
        topic: 'kept',
        payload,
        qos: 1,
        retain: true,
        properties,
      } as const;
      await sandbox.state.messageBus?.publish(message);
    }
    {
      await using sandbox = await startSandbox({ dataDir });
      const kept = sandbox.state.region('us-east-2').family(RetainedMessages).message('kept', Date.now());
      expect(kept).toMatchObject({ qos: 1, payload: Buffer.from(payload), properties });
    }
    await rm(dataDir, { recursive: true });
  },
);

behaviour(
  'A reset of the sandbox ends connections and sessions, and leaves no trace of them',
  { known: 'assumed', source: '' },
  async () => {
    await using device = await MqttBench.open();
    const everybody = await device.makeObserver();
    const order = { device: everybody, clientId: 'forgotten', protocolVersion: 4, clean: false } as const;
    await using client = await JsClient.open(device, order);
    await client.mqtt.subscribeAsync('a', { qos: 1 });
    device.state.reset();
    await client.closed;
    expect(device.mqtt.bus.clients()).toEqual([]);
    expect(device.state.connectivity.get('us-east-2', 'forgotten')).toBeUndefined();
    device.allow(everybody);
    await using again = JsClient.start(device, order);
    expect((await again.next('connack')).sessionPresent).toBe(false);
  },
);
