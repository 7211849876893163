/** What MQTT 5 clients are told, seen with mqtt.js. */
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { behaviour } from '@/lib/sandbox/testing/behaviour';
import type { MadeDevice } from './testing/device-workshop';
import { allow, MqttBench } from './testing/mqtt-bench';
import { JsClient } from './testing/mqtt-js';

let bench: MqttBench;
let observer: MadeDevice;
let scoped: MadeDevice;
beforeAll(async () => {
  bench = await MqttBench.open();
  observer = await bench.makeObserver();
  scoped = await bench.deviceWith(
    allow(['Connect'], 'client/scoped*'),
    allow(['Publish', 'Receive'], 'topic/mine/*'),
    allow(['Subscribe'], 'topicfilter/mine/*'),
  );
});
afterAll(() => bench[Symbol.asyncDispose]());

const open = (clientId: string, options: Partial<Parameters<typeof JsClient.open>[1]> = {}) =>
  JsClient.open(bench, { device: observer, clientId, ...options });

describe('CONNACK', () => {
  behaviour(
    'CONNACK tells an MQTT 5 client every limit: QoS 1, 100 unacknowledged, 8 topic aliases, no subscription identifiers, the granted keep alive',
    { known: 'documented', source: 'guide, "MQTT 5 properties"' },
    async () => {
      await using client = JsClient.start(bench, { device: observer, clientId: 'limits', keepalive: 5 });
      expect((await client.next('connack')).properties).toMatchObject({
        receiveMaximum: 100,
        maximumQoS: 1,
        retainAvailable: true,
        topicAliasMaximum: 8,
        subscriptionIdentifiersAvailable: false,
        sharedSubscriptionAvailable: true,
        wildcardSubscriptionAvailable: true,
        serverKeepAlive: 30,
      });
    },
  );

  behaviour(
    'CONNACK grants a session at most an hour after its connection, and says so',
    { known: 'documented', source: 'AWS IoT Core quotas, "Persistent session expiry period"' },
    async () => {
      await using client = JsClient.start(bench, {
        device: observer,
        clientId: 'long',
        properties: { sessionExpiryInterval: 604_800 },
      });
      expect((await client.next('connack')).properties?.sessionExpiryInterval).toBe(3_600);
    },
  );

  behaviour(
    'CONNACK assigns a client id to an MQTT 5 client that has none',
    { known: 'documented', source: 'guide, "MQTT"' },
    async () => {
      await using client = JsClient.start(bench, { device: observer, clientId: '', clean: true });
      const { properties } = await client.next('connack');
      expect(properties?.assignedClientIdentifier).toMatch(/^[\w-]{8,128}$/);
      expect(bench.mqtt.bus.clients().map(({ clientId }) => clientId)).toContain(
        properties?.assignedClientIdentifier,
      );
    },
  );

  behaviour(
    'CONNACK says 0x87 to an MQTT 5 client whose policies do not allow iot:Connect',
    { known: 'documented', source: 'guide, "MQTT reason codes"' },
    async () => {
      await using client = JsClient.start(bench, { device: scoped, clientId: 'other' });
      expect((await client.next('connack')).reasonCode).toBe(0x87);
      await client.closed;
      await bench.explained('connect-denied', scoped.id);
    },
  );

  behaviour(
    'CONNACK says 0x85 to a client id that AWS IoT does not take',
    { known: 'documented', source: 'guide, "MQTT reason codes"' },
    async () => {
      await using client = JsClient.start(bench, { device: observer, clientId: 'x'.repeat(129) });
      expect((await client.next('connack')).reasonCode).toBe(0x85);
    },
  );

  behaviour(
    'CONNACK does not come for a first contact, whatever the version',
    { known: 'assumed', source: '' },
    async () => {
      const ca = await bench.workshop.makeCa({ subject: '/O=Fresh', key: 'EC' });
      await bench.register(ca);
      const device = await bench.workshop.makeDevice(ca, { subject: '/CN=fresh', key: 'EC' });
      await using client = JsClient.start(bench, { device, clientId: 'fresh' });
      await client.closed;
      expect(client.packets).toEqual([]);
      await bench.explained('certificate-registered', device.id);
    },
  );
});

describe('a refusal leaves the MQTT 5 connection open where the protocol has an answer', () => {
  behaviour(
    'PUBACK says 0x87 to a QoS 1 publish that no policy allows',
    { known: 'documented', source: 'guide, "MQTT reason codes"' },
    async () => {
      await using client = await open('scoped-1', { device: scoped });
      await client.mqtt.publishAsync('theirs', 'x', { qos: 1 }).catch(() => undefined);
      expect((await client.next('puback')).reasonCode).toBe(0x87);
      const { message } = await bench.explained('publish-denied', scoped.id);
      expect(message).toMatch(/^The message was refused: no policy of the certificate allows iot:Publish/);
      await client.mqtt.publishAsync('mine/a', 'x', { qos: 1 });
      expect((await client.next('puback')).reasonCode ?? 0).toBe(0);
    },
  );

  behaviour(
    'SUBACK says 0x87 to a filter that no policy allows, and grants the others',
    { known: 'documented', source: 'guide, "MQTT reason codes"' },
    async () => {
      await using client = await open('scoped-2', { device: scoped });
      await client.mqtt.subscribeAsync({ 'mine/a': { qos: 1 }, theirs: { qos: 1 } }).catch(() => undefined);
      expect((await client.next('suback')).granted).toEqual([1, 0x87]);
    },
  );

  behaviour(
    'SUBACK says 0x97 to the fifty-first subscription of a connection',
    {
      known: 'documented',
      source: 'AWS IoT Core quotas, "Subscriptions per connection"; the code is assumed',
    },
    async () => {
      await using client = await open('fifty');
      for (let at = 0; at < 56; at += 8) {
        const filters = Array.from({ length: Math.min(8, 51 - at) }, (_, step) => `many/${at + step}`);
        await client.mqtt.subscribeAsync(filters).catch(() => undefined);
      }
      const granted: unknown[] = [];
      for (let round = 0; round < 7; round += 1) granted.push(...(await client.next('suback')).granted);
      expect(granted.slice(0, 50)).toEqual(Array.from({ length: 50 }, () => 0));
      expect(granted.slice(50)).toEqual([0x97]);
    },
  );

  behaviour(
    'UNSUBACK says 0x11 where there was no such subscription',
    { known: 'documented', source: 'MQTT 5 section 3.11.3' },
    async () => {
      await using client = await open('unsubscriber');
      await client.mqtt.unsubscribeAsync('never').catch(() => undefined);
      expect((await client.next('unsuback')).granted).toEqual([0x11]);
    },
  );
});

describe('DISCONNECT tells an MQTT 5 client why it is closed', () => {
  behaviour(
    'An MQTT 5 client is closed with DISCONNECT 0x8E when another connection takes its client id',
    { known: 'documented', source: 'guide, "MQTT reason codes"' },
    async () => {
      await using first = await open('twin5');
      await using _second = await open('twin5');
      expect((await first.next('disconnect')).reasonCode).toBe(0x8e);
    },
  );

  behaviour(
    'An MQTT 5 client is closed with DISCONNECT 0x87 for a QoS 0 publish that no policy allows',
    { known: 'documented', source: 'guide, "MQTT reason codes"' },
    async () => {
      await using client = await open('scoped-3', { device: scoped });
      client.mqtt.publish('theirs', 'x');
      expect((await client.next('disconnect')).reasonCode).toBe(0x87);
    },
  );

  behaviour(
    'An MQTT 5 client is closed with DISCONNECT 0x9B for QoS 2',
    { known: 'documented', source: 'guide, "MQTT reason codes"' },
    async () => {
      await using client = await open('twos');
      client.mqtt.publish('a', 'x', { qos: 2 });
      expect((await client.next('disconnect')).reasonCode).toBe(0x9b);
    },
  );

  behaviour(
    'An MQTT 5 client is closed with DISCONNECT 0xA1 for a subscription identifier',
    { known: 'documented', source: 'guide, "MQTT reason codes"' },
    async () => {
      await using client = await open('identified');
      client.mqtt.subscribe('a', { qos: 0, properties: { subscriptionIdentifier: 1 } });
      expect((await client.next('disconnect')).reasonCode).toBe(0xa1);
    },
  );

  behaviour(
    'An MQTT 5 client is closed with DISCONNECT 0x94 for a topic alias above 8, 0x82 for one that stands for nothing',
    { known: 'documented', source: 'MQTT 5 section 3.3.4; AWS IoT Core quotas' },
    async () => {
      await using high = await open('alias-9');
      high.mqtt.options.autoAssignTopicAlias = false;
      high.mqtt.stream.write(Uint8Array.of(0x30, 0x07, 0x00, 0x01, 0x61, 0x03, 0x23, 0x00, 0x09));
      expect((await high.next('disconnect')).reasonCode).toBe(0x94);
      await using unknown = await open('alias-1');
      unknown.mqtt.stream.write(Uint8Array.of(0x30, 0x06, 0x00, 0x00, 0x03, 0x23, 0x00, 0x01));
      expect((await unknown.next('disconnect')).reasonCode).toBe(0x82);
    },
  );

  behaviour(
    'An MQTT 5 client is closed with DISCONNECT 0x81 for AUTH and other packets that clients do not send',
    { known: 'documented', source: 'guide, "MQTT"' },
    async () => {
      await using client = await open('auth');
      client.mqtt.stream.write(Uint8Array.of(0xf0, 0x00));
      expect((await client.next('disconnect')).reasonCode).toBe(0x81);
    },
  );
});
