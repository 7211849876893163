/** What ends a connection, or does not let it begin, seen with mosquitto's clients. */
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { updateCertificate } from '@/lib/sandbox/operations/certificates/certificates';
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

/** Publishes, and has the connection closed for that reason. */
async function closesFor(code: string, args: string[]): Promise<void> {
  const seen = bench.events.length;
  const told = await mosquittoPub(as(`closed-${code}`, ...args, '-m', 'x'));
  expect(told.output).toContain('The connection was lost');
  expect(bench.events.slice(seen).map((event) => event.code)).toContain(code);
}

describe('a connection is closed', () => {
  behaviour(
    'A publish to $aws/events/… ends the connection: nobody forges events',
    { known: 'documented', source: 'guide, "Reserved topics"' },
    () => closesFor('topic-reserved', ['-t', '$aws/events/presence/connected/x']),
  );
  behaviour(
    'A topic has at most 7 slashes; a publish with more ends the connection',
    {
      known: 'documented',
      source: 'AWS IoT Core quotas, "Maximum number of slashes in topic and topic filter"',
    },
    () => closesFor('topic-refused', ['-t', 'a/b/c/d/e/f/g/h/i']),
  );
  behaviour(
    'A topic has at most 256 bytes; a publish with more ends the connection',
    { known: 'documented', source: 'AWS IoT Core quotas, "Topic size"' },
    () => closesFor('topic-refused', ['-t', 'a'.repeat(257)]),
  );
  behaviour(
    'A message to a reserved topic cannot be retained; the connection is closed',
    { known: 'documented', source: 'guide, "Reserved topics"' },
    () => closesFor('retain-on-reserved-topic', ['-t', '$aws/things/x/shadow/update', '-r']),
  );

  behaviour(
    'A connection is closed when another one comes with its client id',
    { known: 'documented', source: 'guide, "MQTT"' },
    async () => {
      await using first = await Subscriber.start(as('twin', '-t', 't'));
      const second = await mosquittoPub(as('twin', '-t', 'elsewhere', '-m', 'x'));
      expect(second.code).toBe(0);
      expect((await bench.explained('client-id-taken-over')).clientId).toBe('twin');
      expect(first.output).toContain('received CONNACK (0)');
    },
  );

  behaviour(
    'A connection is closed when its certificate is deactivated, and no other is let in',
    { known: 'assumed', source: '' },
    async () => {
      const device = await bench.deviceWith(allow(['Connect', 'Subscribe'], 'client/*', 'topicfilter/*'));
      await using connected = await Subscriber.start([
        ...bench.args(device, { clientId: 'doomed' }),
        '-t',
        'x',
      ]);
      expect(connected.output).toContain('Subscribed');
      updateCertificate(bench.scope(), { certificateId: device.id, newStatus: 'INACTIVE' });
      await bench.explained('certificate-left-active', device.id);
      const again = await mosquittoPub([...bench.args(device, { clientId: 'doomed' }), '-t', 'x', '-m', 'x']);
      expect(again.output).toContain('The connection was lost');
      await bench.explained('certificate-not-active', device.id);
    },
  );

  behaviour(
    'An active certificate without a policy is closed at CONNECT, without CONNACK',
    { known: 'measured', source: 'aws/aws-iot-device-sdk-embedded-C #1920' },
    async () => {
      const device = await bench.deviceWith(allow(['Connect'], 'client/x'));
      const { region } = bench.scope();
      const arn = region.certificateArn(device.id);
      for (const name of region.policyAttachments.leftsOf(arn).keys())
        region.policyAttachments.unlink(name, arn);
      const told = await mosquittoPub([...bench.args(device, { clientId: 'x' }), '-t', 'x', '-m', 'x']);
      expect(told.output).toContain('The connection was lost');
      expect((await bench.explained('connect-denied', device.id)).params?.['because']).toBe(
        'no policy is attached',
      );
    },
  );

  behaviour(
    'A connection whose will the policies do not let it publish is closed at CONNECT',
    { known: 'documented', source: 'guide, "MQTT Last Will and Testament"' },
    async () => {
      const device = await bench.deviceWith(allow(['Connect', 'Publish'], 'client/*', 'topic/mine'));
      const told = await mosquittoPub([
        ...bench.args(device, { clientId: 'w' }),
        ...['--will-topic', 'theirs', '--will-payload', 'x', '-t', 'mine', '-m', 'x'],
      ]);
      expect(told.output).toContain('The connection was lost');
      await bench.explained('will-denied', device.id);
    },
  );
});

describe('limits', () => {
  behaviour(
    'A payload has at most 128 KB; a larger one ends the connection',
    { known: 'documented', source: 'AWS IoT Core quotas, "Publish payload size"' },
    async () => {
      await using fits = await JsClient.open(bench, {
        device: observer,
        clientId: 'fits',
        protocolVersion: 4,
      });
      await fits.mqtt.publishAsync('sized', Buffer.alloc(131_072), { qos: 1 });
      await using large = await JsClient.open(bench, {
        device: observer,
        clientId: 'large',
        protocolVersion: 4,
      });
      large.mqtt.publish('sized', Buffer.alloc(131_073), { qos: 1 });
      await large.closed;
      expect((await bench.explained('packet-too-long', observer.id)).params).toEqual({
        bytes: 131_073,
        bytesMax: 131_072,
      });
    },
  );

  behaviour(
    'A SUBSCRIBE names at most 8 filters; more end the connection',
    {
      known: 'documented',
      source: 'AWS IoT Core quotas, "Subscriptions per subscribe request"; what happens is assumed',
    },
    async () => {
      const filters = (count: number) => Array.from({ length: count }, (_, at) => `eight/${at}`);
      await using client = await JsClient.open(bench, {
        device: observer,
        clientId: 'eight',
        protocolVersion: 4,
      });
      await client.mqtt.subscribeAsync(filters(8));
      client.mqtt.subscribe(filters(9));
      await client.closed;
      expect((await bench.explained('subscribe-too-many-filters')).params).toEqual({
        filters: 9,
        filtersMax: 8,
      });
    },
  );
});
