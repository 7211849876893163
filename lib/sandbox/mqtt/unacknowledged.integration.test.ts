/** How many messages of a client may wait for their acknowledgement. */
import { afterAll, beforeAll, expect } from 'vitest';
import { behaviour } from '@/lib/sandbox/testing/behaviour';
import type { MadeDevice } from './testing/device-workshop';
import { MqttBench } from './testing/mqtt-bench';
import { JsClient } from './testing/mqtt-js';

let bench: MqttBench;
let observer: MadeDevice;
beforeAll(async () => {
  bench = await MqttBench.open();
  observer = await bench.makeObserver();
});
afterAll(() => bench[Symbol.asyncDispose]());

behaviour(
  'No more is taken from a client that has 100 QoS 1 messages without acknowledgement, until one is acknowledged',
  {
    known: 'documented',
    source: 'AWS IoT Core quotas, "Maximum inbound unacknowledged QoS 1 publish requests"',
  },
  async () => {
    let heard = 0;
    bench.mqtt.bus.listen(({ topic }) => {
      heard += topic.startsWith('kept/') ? 1 : 0;
    });
    await using client = await JsClient.open(bench, {
      device: observer,
      clientId: 'eager',
      protocolVersion: 4,
    });
    // Retained messages are acknowledged when they are on the disk, which takes until it is opened here.
    let open: () => void = () => undefined;
    const disk = new Promise<void>((resolve) => {
      open = resolve;
    });
    bench.state.durable = () => disk;
    for (let index = 0; index < 101; index += 1) {
      client.mqtt.publish(`kept/${index}`, 'x', { qos: 1, retain: true });
    }
    await expect.poll(() => heard, { timeout: 5_000 }).toBe(100);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(heard).toBe(100);
    open();
    await expect.poll(() => heard, { timeout: 5_000 }).toBe(101);
  },
);
