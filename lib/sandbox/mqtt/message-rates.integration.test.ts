/** What a connection carries in a second, seen with mqtt.js. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { behaviour } from '@/lib/sandbox/testing/behaviour';
import type { MadeDevice } from './testing/device-workshop';
import { MqttBench, REGION } from './testing/mqtt-bench';
import { JsClient } from './testing/mqtt-js';

type Setup = { bench: MqttBench; device: MadeDevice };
let delaying: Setup;
let discarding: Setup;
async function setUp(throttled: boolean): Promise<Setup> {
  const bench = await MqttBench.open({ throttled });
  return { bench, device: await bench.makeObserver() };
}
beforeAll(async () => {
  [delaying, discarding] = await Promise.all([setUp(false), setUp(true)]);
});
afterAll(() => Promise.all([delaying, discarding].map(({ bench }) => bench[Symbol.asyncDispose]())));

/** Two seconds' worth, at once, from the data plane, so that the subscriber's connection alone is counted. */
async function flood({ bench }: Setup, topic: string, payload = Buffer.from('x')): Promise<void> {
  for (let count = 0; count < 200; count += 1) {
    await bench.mqtt.bus.publish({ region: REGION, topic, payload, qos: 1, retain: false });
  }
}
/** A subscriber of that QoS, what it has got, and how long the last of it took. */
async function subscriber({ bench, device }: Setup, clientId: string, qos: 0 | 1) {
  const client = await JsClient.open(bench, { device, clientId });
  await client.mqtt.subscribeAsync(clientId, { qos });
  const startedAt = performance.now();
  const got = { count: 0, afterMs: 0 };
  client.mqtt.on('message', () => {
    got.count += 1;
    got.afterMs = performance.now() - startedAt;
  });
  return { got, [Symbol.asyncDispose]: () => client[Symbol.asyncDispose]() };
}
const settled = () => new Promise((resolve) => setTimeout(resolve, 300));

describe('what a client gets', () => {
  it('is delayed above 100 messages a second, and explained as what AWS would discard', async () => {
    await using zero = await subscriber(delaying, 'zero', 0);
    await using one = await subscriber(delaying, 'one', 1);
    await Promise.all([flood(delaying, 'zero'), flood(delaying, 'one')]);
    await expect.poll(() => [zero.got.count, one.got.count], { timeout: 5_000 }).toEqual([200, 200]);
    expect(Math.min(zero.got.afterMs, one.got.afterMs)).toBeGreaterThan(950);
    expect((await delaying.bench.explained('rate-exceeded')).params).toEqual({
      publishesPerSecond: 100,
      excess: 'delayed',
    });
  });

  it('is delayed above 512 KiB a second', async () => {
    await using one = await subscriber(delaying, 'large', 0);
    const payload = Buffer.alloc(128 * 1024);
    for (let count = 0; count < 6; count += 1) {
      await delaying.bench.mqtt.bus.publish({
        region: REGION,
        topic: 'large',
        payload,
        qos: 1,
        retain: false,
      });
    }
    await expect.poll(() => one.got.count, { timeout: 5_000 }).toBe(6);
    expect(one.got.afterMs).toBeGreaterThan(240);
  });

  behaviour(
    'With SANDBOX_THROTTLE=aws a QoS 0 message above the 100 a second of its subscriber’s connection is discarded, and one of QoS 1 waits',
    {
      known: 'documented',
      source:
        'AWS IoT Core quotas, "Publish requests per second per connection", "Maximum retry interval for delivering QoS 1 messages"',
    },
    async () => {
      await using zero = await subscriber(discarding, 'zero', 0);
      await using one = await subscriber(discarding, 'one', 1);
      await Promise.all([flood(discarding, 'zero'), flood(discarding, 'one')]);
      await expect.poll(() => one.got.count, { timeout: 5_000 }).toBe(200);
      await settled();
      // What the flood took of another second came through, too.
      expect(zero.got.count).toBeGreaterThanOrEqual(99);
      expect(zero.got.count).toBeLessThan(150);
      expect((await discarding.bench.explained('rate-exceeded')).params).toEqual({
        publishesPerSecond: 100,
        excess: 'discarded',
      });
    },
  );
});

describe('what a client sends', () => {
  it('is delayed above 100 messages a second', async () => {
    let heard = 0;
    delaying.bench.mqtt.bus.listen(({ topic }) => {
      heard += topic === 'sent' ? 1 : 0;
    });
    await using client = await JsClient.open(delaying.bench, { device: delaying.device, clientId: 'sender' });
    const startedAt = performance.now();
    for (let count = 0; count < 200; count += 1) client.mqtt.publish('sent', 'x');
    await expect.poll(() => heard, { timeout: 5_000 }).toBe(200);
    expect(performance.now() - startedAt).toBeGreaterThan(950);
  });

  it('is delayed above 512 KiB a second', async () => {
    const { bench, device } = delaying;
    let heard = 0;
    bench.mqtt.bus.listen(({ topic }) => {
      heard += topic === 'sent/large' ? 1 : 0;
    });
    await using client = await JsClient.open(bench, { device, clientId: 'large-sender' });
    const startedAt = performance.now();
    for (let count = 0; count < 6; count += 1) client.mqtt.publish('sent/large', Buffer.alloc(128 * 1024));
    await expect.poll(() => heard, { timeout: 5_000 }).toBe(6);
    expect(performance.now() - startedAt).toBeGreaterThan(200);
  });

  it('does not keep from it what it is to get', async () => {
    const { bench, device } = delaying;
    let heard = 0;
    bench.mqtt.bus.listen(({ topic }) => {
      heard += topic === 'said' ? 1 : 0;
    });
    await using client = await JsClient.open(bench, { device, clientId: 'talker' });
    await client.mqtt.subscribeAsync('told');
    let got = 0;
    client.mqtt.on('message', () => {
      got += 1;
    });
    for (let count = 0; count < 500; count += 1) client.mqtt.publish('said', 'x');
    await expect.poll(() => heard).toBeGreaterThan(100);
    const payload = Buffer.from('x');
    for (let count = 0; count < 20; count += 1) {
      await bench.mqtt.bus.publish({ region: REGION, topic: 'told', payload, qos: 0, retain: false });
    }
    await expect.poll(() => got, { timeout: 5_000 }).toBe(20);
    expect(heard).toBeLessThan(300);
  });

  behaviour(
    'With SANDBOX_THROTTLE=aws a publish above 100 a second is discarded: PUBACK 0x97 for QoS 1 of MQTT 5, no answer else, and the connection stays',
    {
      known: 'documented',
      source: 'AWS IoT Core quotas, "Publish requests per second per connection"; guide, "MQTT reason codes"',
    },
    async () => {
      let heard = 0;
      discarding.bench.mqtt.bus.listen(({ topic }) => {
        heard += topic === 'sent' ? 1 : 0;
      });
      const { bench, device } = discarding;
      await using five = await JsClient.open(bench, { device, clientId: 'five' });
      await using three = await JsClient.open(bench, { device, clientId: 'three', protocolVersion: 4 });
      for (const client of [five, three]) {
        for (let count = 0; count < 200; count += 1) client.mqtt.publish('sent', 'x');
        client.mqtt.publish('sent', 'last', { qos: 1 }, () => undefined);
      }
      expect((await five.next('puback')).reasonCode).toBe(0x97);
      await settled();
      expect(three.packets).toEqual([]);
      expect(heard).toBeGreaterThanOrEqual(200);
      expect(heard).toBeLessThan(300);
      five.mqtt.publish('sent', 'next', { qos: 1 });
      expect((await five.next('puback')).reasonCode ?? 0).toBe(0);
    },
  );
});
