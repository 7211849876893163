/** What connected devices can do, seen with mosquitto's clients. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { updateCertificate } from '@/lib/sandbox/operations/certificates/certificates';
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

/** A device with a policy of these statements. */
async function deviceWith(...statements: object[]): Promise<MadeDevice> {
  const ca = await bench.workshop.makeCa({ subject: '/O=Anybody', key: 'EC' });
  const device = await bench.workshop.makeDevice(ca, { subject: '/CN=device', key: 'EC' });
  const policyDocument = JSON.stringify({ Version: '2012-10-17', Statement: statements });
  bench.allow(device, { policyDocument });
  return device;
}

const allow = (actions: string[], ...resources: string[]) => ({
  Effect: 'Allow',
  Action: actions.map((action) => `iot:${action}`),
  Resource: resources.map((resource) => `arn:aws:iot:us-east-2:123456789012:${resource}`),
});
const as = (clientId: string, ...rest: string[]) => [...bench.args(observer, { clientId }), ...rest];
const send = (topic: string, text = 'Hello') => mosquittoPub(as(`sender-${topic}`, '-t', topic, '-m', text));

/** Publishes, and has the connection closed for that reason. */
async function closesFor(code: string, args: string[]): Promise<void> {
  const seen = bench.events.length;
  const told = await mosquittoPub(as(`closed-${code}`, ...args, '-m', 'x'));
  expect(told.output).toContain('The connection was lost');
  expect(bench.events.slice(seen).map((event) => event.code)).toContain(code);
}

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
      const device = await deviceWith(
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
      const device = await deviceWith(allow(['Connect', 'Subscribe'], 'client/*', 'topicfilter/*'));
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
      const device = await deviceWith(allow(['Connect'], 'client/x'));
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
      const device = await deviceWith(allow(['Connect', 'Publish'], 'client/*', 'topic/mine'));
      const told = await mosquittoPub([
        ...bench.args(device, { clientId: 'w' }),
        ...['--will-topic', 'theirs', '--will-payload', 'x', '-t', 'mine', '-m', 'x'],
      ]);
      expect(told.output).toContain('The connection was lost');
      await bench.explained('will-denied', device.id);
    },
  );
});

describe('what MQTT 3.1.1 has no words for', () => {
  behaviour(
    'A publish that no policy allows ends an MQTT 3.1.1 connection',
    { known: 'measured', source: 'awslabs/aws-crt-python #229' },
    async () => {
      const device = await deviceWith(allow(['Connect'], 'client/*'), allow(['Publish'], 'topic/mine'));
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
      const device = await deviceWith(allow(['Connect'], 'client/*'), allow(['Publish'], 'topic/mine'));
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
      const device = await deviceWith(
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
