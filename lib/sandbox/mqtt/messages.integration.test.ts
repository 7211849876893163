/** What devices say to each other, seen with mosquitto's clients. */
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { behaviour } from '@/lib/sandbox/testing/behaviour';
import type { MadeDevice } from './testing/device-workshop';
import { mosquittoPub, Subscriber } from './testing/mosquitto';
import { allow, MqttBench } from './testing/mqtt-bench';

let bench: MqttBench;
let observer: MadeDevice;
beforeAll(async () => {
  bench = await MqttBench.open();
  observer = await bench.makeObserver();
});
afterAll(() => bench[Symbol.asyncDispose]());

const as = (clientId: string, ...rest: string[]) => [...bench.args(observer, { clientId }), ...rest];
const send = (topic: string, text = 'Hello') => mosquittoPub(as(`sender-${topic}`, '-t', topic, '-m', text));

describe('messages', () => {
  behaviour(
    'Messages come with QoS 0 and 1, from the data plane too',
    { known: 'documented', source: 'guide, "MQTT"' },
    async () => {
      await using listener = await Subscriber.start(as('listener', '-t', 'q/#'));
      await mosquittoPub([...as('q0', '-t', 'q/0', '-m', 'zero'), '-q', '0']);
      await mosquittoPub(as('q1', '-t', 'q/1', '-m', 'one'));
      const payload = new TextEncoder().encode('plane');
      await bench.mqtt.bus.publish({ region: 'us-east-2', topic: 'q/2', payload, qos: 1, retain: false });
      expect(await listener.received(/plane/)).toBe('q/2 plane');
      expect(listener.messages).toEqual(expect.arrayContaining(['q/0 zero', 'q/1 one']));
    },
  );

  behaviour(
    'A message does not reach another Region',
    { known: 'documented', source: 'guide, "MQTT"' },
    async () => {
      await using listener = await Subscriber.start(as('listener', '-t', 'r/#'));
      const payload = new TextEncoder().encode('abroad');
      await bench.mqtt.bus.publish({ region: 'eu-west-1', topic: 'r/1', payload, qos: 1, retain: false });
      await send('r/2', 'home');
      await listener.received(/home/);
      expect(listener.messages).toEqual(['r/2 home']);
    },
  );

  behaviour(
    'Retained messages come to filters without wildcards only, and a/# does not match a',
    {
      known: 'documented',
      source: 'guide, "AWS IoT differences from MQTT specifications"',
    },
    async () => {
      await mosquittoPub(as('keeper', '-t', 'kept', '-m', 'before', '-r'));
      await using exact = await Subscriber.start(as('exact', '-t', 'kept'));
      expect(await exact.received(/before/)).toBe('kept before');
      await using below = await Subscriber.start(as('below', '-t', 'kept/#'));
      await using level = await Subscriber.start(as('level', '-t', '+'));
      await send('kept', 'after');
      await send('kept/below', 'last');
      await Promise.all([below.received(/last/), level.received(/after/)]);
      expect(below.messages).toEqual(['kept/below last']);
      expect(level.messages).toEqual(['kept after']);
    },
  );

  behaviour(
    'A message is held back where iot:Receive is not allowed for its topic',
    { known: 'documented', source: 'guide, "AWS IoT Core policy actions"' },
    async () => {
      const device = await bench.deviceWith(
        allow(['Connect'], 'client/deaf'),
        allow(['Subscribe'], 'topicfilter/news/*'),
        allow(['Receive'], 'topic/news/public'),
      );
      await using deaf = await Subscriber.start([
        ...bench.args(device, { clientId: 'deaf' }),
        '-t',
        'news/#',
      ]);
      await send('news/secret', 'hush');
      await send('news/public', 'loud');
      expect(await deaf.received(/loud/)).toBe('news/public loud');
      expect(deaf.output).not.toContain('hush');
      const event = await bench.explained('receive-denied', device.id);
      expect(event.params?.['resource']).toBe('arn:aws:iot:us-east-2:123456789012:topic/news/secret');
    },
  );
});
