import { afterAll, beforeAll, expect } from 'vitest';
import { mosquittoPub, Subscriber } from '@/lib/sandbox/mqtt/testing/mosquitto';
import { MqttBench } from '@/lib/sandbox/mqtt/testing/mqtt-bench';
import { updateIndexingConfiguration } from '@/lib/sandbox/operations/fleet-index/indexing-configuration';
import { searchIndex } from '@/lib/sandbox/operations/fleet-index/search-index';
import { deleteConnection } from '@/lib/sandbox/operations/messages/connections';
import { createThing } from '@/lib/sandbox/operations/things/things';
import { behaviour } from '@/lib/sandbox/testing/behaviour';
import { serveShadows } from './serve-shadows';
import { getShadow } from './shadow-requests';

let bench: MqttBench;
let device: string[];
beforeAll(async () => {
  bench = await MqttBench.open();
  serveShadows(bench.mqtt.bus, bench.state, () => new Date());
  device = bench.args(await bench.makeObserver(), { clientId: 'Boiler' });
});
afterAll(async () => {
  await bench[Symbol.asyncDispose]();
});

const SHADOW = '$aws/things/Boiler/shadow';

behaviour(
  'A device that publishes to the request topics of its shadow gets the answers on the topics beside them',
  { known: 'documented', source: 'guide, "Device Shadow MQTT topics"' },
  async () => {
    await using listener = await Subscriber.start([...device, '-i', 'listener', '-t', `${SHADOW}/#`]);
    const publish = (topic: string, message: string) =>
      mosquittoPub([...device, '-t', `${SHADOW}/${topic}`, '-m', message]);
    await publish('update', '{"state":{"desired":{"on":true},"reported":{"on":false}},"clientToken":"t"}');
    expect(await listener.received(/update\/accepted/)).toContain('"clientToken":"t"');
    expect(await listener.received(/update\/delta/)).toContain('"state":{"on":true}');
    await listener.received(/update\/documents/);
    await publish('get', '');
    expect(await listener.received(/get\/accepted/)).toContain('"delta":{"on":true}');
    await publish('update', '{"state":1}');
    expect(await listener.received(/update\/rejected/)).toContain('"code":400');
    await publish('delete', '');
    expect(await listener.received(/delete\/accepted/)).toContain('"version":1');
  },
);

behaviour(
  'The shadow service ignores a last will, which subscribers and rules get all the same',
  { known: 'documented', source: 'guide, "Using shadows in apps and services"' },
  async () => {
    const topic = '$aws/things/Willing/shadow/update';
    const heard: string[] = [];
    const stop = bench.mqtt.bus.listen(
      (message) => message.topic.startsWith(topic) && heard.push(message.topic),
    );
    const will = [
      '--will-topic',
      topic,
      '--will-payload',
      '{"state":{"reported":{"on":false}}}',
      '--will-qos',
      '1',
    ];
    const client = await Subscriber.start([...device, '-i', 'Willing', '-t', 'any', ...will]);
    deleteConnection(bench.scope(), { clientId: 'Willing' });
    await bench.explained('shadow-will-ignored');
    stop();
    await client[Symbol.asyncDispose]();
    expect(heard).toEqual([topic]);
    expect(getShadow(bench.scope(), { thingName: 'Willing', shadowName: '' }).ok).toBe(false);
  },
);

behaviour(
  'A client whose id is the name of a thing makes it connected in the index, and not any more when it leaves',
  { known: 'documented', source: 'guide, "Managing thing indexing"' },
  async () => {
    const late = { ...bench.scope(), now: () => new Date(Date.now() + 60_000) };
    createThing(bench.scope(), { thingName: 'Pump' });
    updateIndexingConfiguration(bench.scope(), {
      thingIndexingConfiguration: { thingIndexingMode: 'REGISTRY', thingConnectivityIndexingMode: 'STATUS' },
    });
    const found = (queryString: string) =>
      searchIndex(late, { queryString }).things?.map(({ thingName }) => thingName);
    const listener = await Subscriber.start([...device, '-i', 'Pump', '-t', 'any']);
    expect(found('connectivity.connected:true')).toEqual(['Pump']);
    await listener[Symbol.asyncDispose]();
    await expect.poll(() => found('connectivity.connected:false')).toEqual(['Pump']);
    expect(found('connectivity.disconnectReason:*')).toEqual(['Pump']);
  },
);
