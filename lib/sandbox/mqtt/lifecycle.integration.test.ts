/** What AWS IoT tells about comings and goings: events, connectivity, and the list of who is connected. */
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { updateCertificate } from '@/lib/sandbox/operations/certificates/certificates';
import { behaviour } from '@/lib/sandbox/testing/behaviour';
import type { MadeDevice } from './testing/device-workshop';
import { mosquittoPub } from './testing/mosquitto';
import { MqttBench, REGION } from './testing/mqtt-bench';
import { JsClient } from './testing/mqtt-js';

let bench: MqttBench;
let observer: MadeDevice;
/** Everything said on `$aws/events`, by topic. */
const events: { topic: string; event: Record<string, unknown> }[] = [];
beforeAll(async () => {
  bench = await MqttBench.open();
  observer = await bench.makeObserver();
  bench.mqtt.bus.listen(({ topic, payload }) => {
    if (topic.startsWith('$aws/events/')) {
      events.push({ topic, event: JSON.parse(Buffer.from(payload).toString()) });
    }
  });
});
afterAll(() => bench[Symbol.asyncDispose]());

async function told(topic: string): Promise<Record<string, unknown>> {
  for (const end = Date.now() + 5_000; Date.now() < end; ) {
    const found = events.findLast((one) => one.topic === topic);
    if (found !== undefined) return found.event;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error(`nothing on ${topic} among ${events.map((one) => one.topic).join(', ')}`);
}
const disconnectReason = async (clientId: string) =>
  (await told(`$aws/events/presence/disconnected/${clientId}`))['disconnectReason'];

const everything = { Effect: 'Allow', Action: 'iot:*', Resource: '*' };
const open = (clientId: string, options: Partial<Parameters<typeof JsClient.open>[1]> = {}) =>
  JsClient.open(bench, { device: observer, clientId, protocolVersion: 4, ...options });

describe('presence events', () => {
  behaviour(
    'A connect is told on $aws/events/presence/connected/<clientId> with client id, time, session, principal, address and version number',
    { known: 'documented', source: 'guide, "Lifecycle events"' },
    async () => {
      await using _ = await open('comer');
      const event = await told('$aws/events/presence/connected/comer');
      expect(event).toEqual({
        clientId: 'comer',
        timestamp: expect.any(Number),
        eventType: 'connected',
        sessionIdentifier: expect.stringMatching(/^[0-9a-f-]{36}$/),
        principalIdentifier: observer.id,
        ipAddress: expect.stringMatching(/127\.0\.0\.1|::1/),
        versionNumber: 0,
      });
    },
  );

  behaviour(
    'A DISCONNECT of the client is told as CLIENT_INITIATED_DISCONNECT, in the same session, without an address',
    { known: 'documented', source: 'guide, "Lifecycle events"' },
    async () => {
      await mosquittoPub([...bench.args(observer, { clientId: 'goer' }), '-t', 'a', '-m', 'b']);
      const connected = await told('$aws/events/presence/connected/goer');
      expect(await told('$aws/events/presence/disconnected/goer')).toEqual({
        clientId: 'goer',
        timestamp: expect.any(Number),
        eventType: 'disconnected',
        sessionIdentifier: connected['sessionIdentifier'],
        principalIdentifier: observer.id,
        clientInitiatedDisconnect: true,
        disconnectReason: 'CLIENT_INITIATED_DISCONNECT',
        versionNumber: 0,
      });
    },
  );

  behaviour(
    'The version number grows with each connection of a client id',
    { known: 'documented', source: 'guide, "Lifecycle events"' },
    async () => {
      for (const version of [0, 1, 2]) {
        await using _ = await open('again');
        expect((await told('$aws/events/presence/connected/again'))['versionNumber']).toBe(version);
      }
    },
  );

  behaviour(
    'A lost connection is told as CONNECTION_LOST',
    { known: 'documented', source: 'guide, "Lifecycle events"' },
    async () => {
      await using client = await open('lost');
      client.vanish();
      expect(await disconnectReason('lost')).toBe('CONNECTION_LOST');
      expect((await told('$aws/events/presence/disconnected/lost'))['clientInitiatedDisconnect']).toBe(false);
    },
  );

  behaviour(
    'A connection whose client id another one takes is told as DUPLICATE_CLIENTID',
    { known: 'documented', source: 'guide, "Lifecycle events"' },
    async () => {
      await using _first = await open('double');
      await using _second = await open('double');
      expect(await disconnectReason('double')).toBe('DUPLICATE_CLIENTID');
      expect(
        events.filter(({ topic }) => topic.endsWith('/double')).map(({ event }) => event['eventType']),
      ).toEqual(['connected', 'disconnected', 'connected']);
      expect(bench.state.connectivity.get(REGION, 'double')).toMatchObject({
        connected: true,
        versionNumber: 1,
      });
    },
  );

  behaviour(
    'A client that breaks the protocol is told as CLIENT_ERROR',
    { known: 'documented', source: 'guide, "Lifecycle events"' },
    async () => {
      await using client = await open('breaker');
      client.mqtt.stream.write(Uint8Array.of(0x00, 0x00));
      expect(await disconnectReason('breaker')).toBe('CLIENT_ERROR');
    },
  );

  behaviour(
    'The end of a connection that published what no policy allows is told as AUTH_ERROR',
    { known: 'assumed', source: '' },
    async () => {
      const device = await bench.deviceWith({ Effect: 'Allow', Action: 'iot:Connect', Resource: '*' });
      await using client = await open('denied', { device });
      client.mqtt.publish('anything', 'x');
      expect(await disconnectReason('denied')).toBe('AUTH_ERROR');
    },
  );

  behaviour(
    'Deactivating a certificate ends its connections, told as FORBIDDEN_ACCESS',
    { known: 'assumed', source: 'guide, "Lifecycle events": the client is not allowed to be connected' },
    async () => {
      const device = await bench.deviceWith(everything);
      await using client = await open('revoked', { device });
      updateCertificate(bench.scope(), { certificateId: device.id, newStatus: 'REVOKED' });
      await client.closed;
      expect(await disconnectReason('revoked')).toBe('FORBIDDEN_ACCESS');
    },
  );

  behaviour(
    'A connect that the policies refuse is told on $aws/events/presence/connect_failed/<clientId>, and as nothing else',
    { known: 'documented', source: 'guide, "Lifecycle events"' },
    async () => {
      const device = await bench.deviceWith({
        Effect: 'Allow',
        Action: 'iot:Connect',
        Resource: 'arn:aws:iot:*:*:client/x',
      });
      await mosquittoPub([...bench.args(device, { clientId: 'unwanted' }), '-t', 'a', '-m', 'b']);
      expect(await told('$aws/events/presence/connect_failed/unwanted')).toEqual({
        clientId: 'unwanted',
        timestamp: expect.any(Number),
        eventType: 'connect_failed',
        connectFailureReason: 'AUTHORIZATION_FAILED',
        principalIdentifier: device.id,
        sessionIdentifier: expect.any(String),
        ipAddress: expect.stringMatching(/127\.0\.0\.1|::1/),
      });
      expect(events.filter(({ topic }) => topic.endsWith('/unwanted'))).toHaveLength(1);
    },
  );

  behaviour(
    'A presence event has a thingName for an exclusively attached thing only',
    {
      known: 'documented',
      source: 'guide, "Lifecycle events", "Associating a thing"',
    },
    async () => {
      const exclusive = await bench.deviceWith(everything);
      const shared = await bench.deviceWith(everything);
      const { region } = bench.scope();
      region.thingPrincipals.link('only-mine', region.certificateArn(exclusive.id), {
        type: 'EXCLUSIVE_THING',
      });
      region.thingPrincipals.link('ours', region.certificateArn(shared.id), {
        type: 'NON_EXCLUSIVE_THING',
      });
      await using _one = await open('exclusive', { device: exclusive });
      await using _two = await open('shared', { device: shared });
      expect((await told('$aws/events/presence/connected/exclusive'))['thingName']).toBe('only-mine');
      expect(await told('$aws/events/presence/connected/shared')).not.toHaveProperty('thingName');
    },
  );

  behaviour(
    'Client ids with # or + get no events',
    { known: 'documented', source: 'guide, "Lifecycle events"' },
    async () => {
      await using _ = await open('odd+#');
      await using _after = await open('even');
      await told('$aws/events/presence/connected/even');
      expect(events.filter(({ event }) => event['clientId'] === 'odd+#')).toEqual([]);
    },
  );
});

behaviour(
  'Subscribing and unsubscribing are told with the topics, without address and version number',
  { known: 'documented', source: 'guide, "Lifecycle events"' },
  async () => {
    await using client = await open('reader');
    await client.mqtt.subscribeAsync(['news/a', 'news/b']);
    await client.mqtt.unsubscribeAsync('news/a');
    const common = {
      clientId: 'reader',
      timestamp: expect.any(Number),
      sessionIdentifier: (await told('$aws/events/presence/connected/reader'))['sessionIdentifier'],
      principalIdentifier: observer.id,
    };
    expect(await told('$aws/events/subscriptions/subscribed/reader')).toEqual({
      ...common,
      eventType: 'subscribed',
      topics: ['news/a', 'news/b'],
    });
    expect(await told('$aws/events/subscriptions/unsubscribed/reader')).toEqual({
      ...common,
      eventType: 'unsubscribed',
      topics: ['news/a'],
    });
  },
);

describe('who is connected', () => {
  behaviour(
    'Who is connected is listed with what was granted, and gone from the list when the event of the end is heard',
    { known: 'assumed', source: '' },
    async () => {
      const client = await open('listed', { protocolVersion: 5, keepalive: 45, clean: false });
      await client.mqtt.subscribeAsync('a/+');
      const find = () => bench.mqtt.bus.clients().find(({ clientId }) => clientId === 'listed');
      expect(find()).toEqual({
        region: REGION,
        clientId: 'listed',
        certificateId: observer.id,
        principal: observer.id,
        connectedAt: expect.stringMatching(/^\d{4}-.*Z$/),
        protocol: 'mqtt',
        mqttVersion: '5',
        sourceIp: expect.any(String),
        keepAliveSeconds: 45,
        cleanStart: false,
        cleanSession: true,
        subscriptions: ['a/+'],
      });
      await client[Symbol.asyncDispose]();
      await told('$aws/events/presence/disconnected/listed');
      expect(find()).toBeUndefined();
      expect(bench.state.connectivity.get(REGION, 'listed')).toMatchObject({
        connected: false,
        principal: observer.id,
      });
    },
  );
});
