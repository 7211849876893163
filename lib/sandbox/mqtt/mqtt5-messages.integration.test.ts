/** Messages of MQTT 5, seen with mqtt.js. */
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { behaviour } from '@/lib/sandbox/testing/behaviour';
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

const open = (clientId: string, options: Partial<Parameters<typeof JsClient.open>[1]> = {}) =>
  JsClient.open(bench, { device: observer, clientId, ...options });

describe('messages of MQTT 5', () => {
  behaviour(
    'Messages of MQTT 5 carry user properties, response topic, correlation data, content type and payload format to other MQTT 5 clients',
    { known: 'documented', source: 'guide, "MQTT 5 properties"' },
    async () => {
      await using taker = await open('taker');
      await taker.mqtt.subscribeAsync('props/#', { qos: 1 });
      await using giver = await open('giver');
      const properties = {
        payloadFormatIndicator: true,
        contentType: 'application/json',
        responseTopic: 'answers/here',
        correlationData: Buffer.from([1, 2, 0, 255]),
        userProperties: { site: ['north', 'south'], unit: 'C' },
      };
      await giver.mqtt.publishAsync('props/a', '{}', { qos: 1, properties });
      expect((await taker.message()).properties).toEqual(properties);
    },
  );

  behaviour(
    'Messages of MQTT 5 reach MQTT 3.1.1 clients without their properties, and the other way round',
    { known: 'documented', source: 'guide, "MQTT"' },
    async () => {
      await using old = await Subscriber.start([
        ...bench.args(observer, { clientId: 'old' }),
        '-t',
        'mixed/#',
      ]);
      await using young = await open('young');
      await young.mqtt.subscribeAsync('mixed/#', { qos: 1 });
      await young.mqtt.publishAsync('mixed/5', 'from 5', {
        qos: 1,
        properties: { userProperties: { a: 'b' } },
      });
      expect(await old.received(/from 5/)).toBe('mixed/5 from 5');
      await mosquittoPub([...bench.args(observer, { clientId: 'old-too' }), '-t', 'mixed/3', '-m', 'from 3']);
      await young.message();
      expect((await young.message()).text).toBe('from 3');
    },
  );

  behaviour(
    'Messages of MQTT 5 may name their topic by an alias, inbound and outbound',
    { known: 'documented', source: 'AWS IoT Core quotas, "Topic aliases"' },
    async () => {
      await using taker = await open('alias-taker', { properties: { topicAliasMaximum: 2 } });
      await taker.mqtt.subscribeAsync('aliased/#');
      await using giver = await open('alias-giver');
      await giver.mqtt.publishAsync('aliased/a', '1', { properties: { topicAlias: 8 } });
      await giver.mqtt.publishAsync('', '2', { properties: { topicAlias: 8 } });
      await giver.mqtt.publishAsync('aliased/b', '3');
      await giver.mqtt.publishAsync('aliased/c', '4');
      const seen: unknown[] = [];
      for (let count = 0; count < 4; count += 1) {
        const { topic, properties, text } = await taker.message();
        seen.push([text, topic, properties?.topicAlias]);
      }
      expect(seen).toEqual([
        ['1', 'aliased/a', 1],
        ['2', '', 1],
        ['3', 'aliased/b', 2],
        ['4', 'aliased/c', undefined],
      ]);
    },
  );

  behaviour(
    'Messages of MQTT 5 are not sent back to a subscriber with No Local, and keep RETAIN for one with Retain As Published',
    { known: 'documented', source: 'MQTT 5 section 3.8.3.1' },
    async () => {
      await using self = await open('self');
      await self.mqtt.subscribeAsync('self/a', { qos: 0, nl: true });
      await self.mqtt.subscribeAsync('self/kept', { qos: 0, rap: true });
      await self.mqtt.publishAsync('self/a', 'silent', { qos: 1 });
      await self.mqtt.publishAsync('self/kept', 'loud', { qos: 1, retain: true });
      expect(await self.message()).toMatchObject({ text: 'loud', retain: true });
    },
  );

  behaviour(
    'Messages of MQTT 5 that are retained come on subscribing always, only when it is new, or never, as Retain Handling says',
    { known: 'documented', source: 'MQTT 5 section 3.8.3.1' },
    async () => {
      await using client = await open('handling');
      await client.mqtt.publishAsync('handled', 'kept', { qos: 1, retain: true });
      await client.mqtt.subscribeAsync('handled', { qos: 1, rh: 2 });
      await client.mqtt.subscribeAsync('handled', { qos: 1, rh: 1 });
      await client.mqtt.publishAsync('handled', 'live', { qos: 1 });
      expect(await client.message()).toMatchObject({ text: 'live', retain: false });
      await client.mqtt.subscribeAsync('handled', { qos: 1, rh: 0 });
      expect(await client.message()).toMatchObject({ text: 'kept', retain: true });
    },
  );

  behaviour(
    'Messages of MQTT 5 larger than the client takes are not sent to it',
    { known: 'documented', source: 'MQTT 5 section 3.1.2.11.4' },
    async () => {
      await using small = await open('small', { properties: { maximumPacketSize: 100 } });
      await small.mqtt.subscribeAsync('sized', { qos: 1 });
      await using giver = await open('sizes');
      await giver.mqtt.publishAsync('sized', 'x'.repeat(200), { qos: 1 });
      await giver.mqtt.publishAsync('sized', 'fits', { qos: 1 });
      expect((await small.message()).text).toBe('fits');
    },
  );
});
