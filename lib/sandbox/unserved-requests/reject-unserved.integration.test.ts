import { afterAll, beforeAll, expect } from 'vitest';
import type { MadeDevice } from '@/lib/sandbox/mqtt/testing/device-workshop';
import { MqttBench } from '@/lib/sandbox/mqtt/testing/mqtt-bench';
import { JsClient } from '@/lib/sandbox/mqtt/testing/mqtt-js';
import { behaviour } from '@/lib/sandbox/testing/behaviour';
import { rejectUnserved } from './reject-unserved';

let bench: MqttBench;
let device: MadeDevice;
const stops: (() => void)[] = [];
beforeAll(async () => {
  bench = await MqttBench.open();
  stops.push(rejectUnserved(bench.mqtt.bus, bench.state, () => new Date(1_700_000_000_500)));
  device = await bench.makeObserver();
});
afterAll(async () => {
  for (const stop of stops) stop();
  await bench[Symbol.asyncDispose]();
});

/** What a device gets on the topic beside the one it asks on. */
async function rejection(topic: string, request: object): Promise<object> {
  await using client = await JsClient.open(bench, { device, clientId: 'pump' });
  await client.mqtt.subscribeAsync(`${topic}/rejected`, { qos: 1 });
  await client.mqtt.publishAsync(topic, JSON.stringify(request), { qos: 1 });
  const { text } = await client.message();
  return JSON.parse(text);
}

behaviour(
  'Jobs are not served: their request topics answer with a rejection in the form of AWS IoT Jobs',
  { known: 'assumed', source: '' },
  async () => {
    for (const path of ['get', 'start-next', 'fw-1/get', '$next/get', 'fw-1/update']) {
      expect(await rejection(`$aws/things/pump/jobs/${path}`, { clientToken: 'token' })).toEqual({
        code: 'InvalidTopic',
        message: 'The sandbox does not serve AWS IoT Jobs.',
        clientToken: 'token',
        timestamp: 1_700_000_000,
      });
    }
  },
);

behaviour(
  'Fleet provisioning by claim is not served: its request topics answer with a rejection in the form of the provisioning API, those of CBOR with an event alone',
  { known: 'assumed', source: '' },
  async () => {
    for (const topic of [
      'certificates/create',
      'certificates/create-from-csr',
      'provisioning-templates/t/provision',
    ]) {
      expect(await rejection(`$aws/${topic}/json`, {})).toEqual({
        statusCode: 501,
        errorCode: 'NotImplemented',
        errorMessage:
          'The sandbox does not serve fleet provisioning by claim, only just-in-time provisioning.',
      });
    }
    const topic = '$aws/certificates/create/cbor';
    await using client = await JsClient.open(bench, { device, clientId: 'pump' });
    await client.mqtt.publishAsync(topic, '', { qos: 1 });
    const told = bench.events.filter(
      ({ code, params }) => code === 'request-not-served' && params?.['topic'] === topic,
    );
    expect(told).toHaveLength(1);
  },
);
