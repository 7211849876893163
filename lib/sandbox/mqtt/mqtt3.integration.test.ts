/** What MQTT 3.1.1 clients get where the protocol has no words for it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { behaviour } from '@/lib/sandbox/testing/behaviour';
import type { MadeDevice } from './testing/device-workshop';
import { mosquittoPub, Subscriber } from './testing/mosquitto';
import { allow, MqttBench } from './testing/mqtt-bench';
import { JsClient } from './testing/mqtt-js';

let bench: MqttBench;
let observer: MadeDevice;
beforeAll(async () => {
  bench = await MqttBench.open();
  observer = await bench.makeObserver();
});
afterAll(() => bench[Symbol.asyncDispose]());

const as = (clientId: string, ...rest: string[]) => [...bench.args(observer, { clientId }), ...rest];
const send = (topic: string, text = 'Hello') => mosquittoPub(as(`sender-${topic}`, '-t', topic, '-m', text));

describe('what MQTT 3.1.1 has no words for', () => {
  behaviour(
    'A publish that no policy allows ends an MQTT 3.1.1 connection',
    { known: 'measured', source: 'awslabs/aws-crt-python #229' },
    async () => {
      const device = await bench.deviceWith(allow(['Connect'], 'client/*'), allow(['Publish'], 'topic/mine'));
      const told = await mosquittoPub([...bench.args(device, { clientId: 'p' }), '-t', 'theirs', '-m', 'x']);
      expect(told.output).toContain('received CONNACK (0)');
      expect(told.output).toContain('The connection was lost');
      await bench.explained('publish-denied', device.id);
    },
  );

  behaviour(
    'Publishing with RETAIN needs iot:RetainPublish as well as iot:Publish',
    { known: 'documented', source: 'guide, "AWS IoT Core policy actions"' },
    async () => {
      const device = await bench.deviceWith(allow(['Connect'], 'client/*'), allow(['Publish'], 'topic/mine'));
      const args = [...bench.args(device, { clientId: 'r' }), '-t', 'mine', '-m', 'x'];
      expect((await mosquittoPub(args)).output).toContain('received PUBACK');
      expect((await mosquittoPub([...args, '-r'])).output).not.toContain('received PUBACK');
      expect((await bench.explained('publish-denied', device.id)).params?.['action']).toBe(
        'iot:RetainPublish',
      );
    },
  );

  behaviour(
    'A subscription that no policy allows gets 0x80 in the SUBACK of MQTT 3.1.1, and the connection stays',
    {
      known: 'documented',
      source: 'guide, "Diagnosing connectivity issues"; the code is assumed',
    },
    async () => {
      const device = await bench.deviceWith(
        allow(['Connect'], 'client/*'),
        allow(['Subscribe'], 'topicfilter/mine'),
        allow(['Receive'], 'topic/*'),
      );
      await using client = await JsClient.open(bench, { device, clientId: 's', protocolVersion: 4 });
      await client.mqtt.subscribeAsync({ mine: { qos: 1 }, theirs: { qos: 1 } }).catch(() => undefined);
      expect((await client.next('suback')).granted).toEqual([1, 0x80]);
      await send('theirs', 'not for them');
      await send('mine', 'for them');
      expect((await client.message()).text).toBe('for them');
    },
  );

  behaviour(
    'A QoS 2 subscription of MQTT 3.1.1 gets no answer',
    { known: 'documented', source: 'guide, "MQTT Quality of Service"' },
    async () => {
      await using client = await JsClient.open(bench, {
        device: observer,
        clientId: 'q2',
        protocolVersion: 4,
      });
      client.mqtt.subscribe('a', { qos: 2 });
      await bench.explained('qos-2-subscribe', observer.id);
      await client.mqtt.publishAsync('a', 'x', { qos: 1 });
      expect(client.packets.map(({ cmd }) => cmd)).toEqual(['puback']);
    },
  );
});

describe('what is not there', () => {
  it('MQTT 3.1 is refused in its own words', async () => {
    const told = await mosquittoPub(as('three', '-V', 'mqttv31', '-t', 'a', '-m', 'b'));
    expect(told.output).toMatch(/unacceptable protocol version/i);
    expect((await bench.explained('protocol-unsupported')).params).toEqual({ level: 3 });
  });

  behaviour(
    'A QoS 2 publish of MQTT 3.1.1 gets no answer and reaches nobody, and the connection stays',
    { known: 'documented', source: 'guide, "MQTT Quality of Service"' },
    async () => {
      await using silent = await Subscriber.start(as('quiet', '-t', 'one', '-q', '1'));
      expect(silent.output).toContain('Subscribed');
      const waiting = mosquittoPub([...as('two', '-t', 'one', '-m', 'lost'), '-q', '2']);
      await bench.explained('qos-2-publish');
      await send('one', 'kept');
      await silent.received(/kept/);
      expect(silent.messages).toEqual(['one kept']);
      // The client would wait for ever; its client id is taken over by one that does not come back.
      await using _ = await Subscriber.start(as('two', '-t', 'none'));
      expect((await waiting).output).not.toContain('PUBREC');
    },
  );
});
