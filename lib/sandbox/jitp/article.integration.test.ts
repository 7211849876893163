/** AWS's Knowledge Center article on JITP, command by command, with OpenSSL and mosquitto as its readers use them. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MadeCa, MadeDevice } from '@/lib/sandbox/mqtt/testing/device-workshop';
import { mosquittoPub, Subscriber } from '@/lib/sandbox/mqtt/testing/mosquitto';
import { articleConfig, MqttBench } from '@/lib/sandbox/mqtt/testing/mqtt-bench';
import { behaviour } from '@/lib/sandbox/testing/behaviour';

let bench: MqttBench;
let ca: MadeCa;
let device: MadeDevice;
let observer: MadeDevice;
let caCertificateId: string;

beforeAll(async () => {
  bench = await MqttBench.open();
  bench.putRole();
  ca = await bench.workshop.makeCa();
  device = await bench.workshop.makeDevice(ca);
  observer = await bench.makeObserver();
  caCertificateId = await bench.register(ca, { config: await articleConfig('jitp-scoped') });
});
afterAll(() => bench[Symbol.asyncDispose]());

const chainOf = (made: MadeDevice) => ({ ...made, certFile: made.chainFile });
const hello = (topic: string) => ['-t', topic, '-m', 'Hello'];

describe('the article', () => {
  behaviour(
    'The first connection of a device is closed without CONNACK, and the registered event is published with its six fields, certificateRegistrationTimestamp null',
    { known: 'measured', source: 'ministackorg/ministack #1755' },
    async () => {
      const topic = `$aws/events/certificates/registered/${caCertificateId}`;
      await using events = await Subscriber.start([
        ...bench.args(observer, { clientId: 'observer' }),
        ...['-t', topic],
      ]);
      const before = Date.now();
      const first = await mosquittoPub([
        ...bench.args(chainOf(device), { clientId: 'anyclientID' }),
        ...hello('foo/bar'),
      ]);
      expect(first.output).toContain('sending CONNECT');
      expect(first.output).toContain('Error: The connection was lost.');
      expect(first.output).not.toContain('CONNACK');
      expect(first.code).not.toBe(0);

      const message = await events.received(/registered/);
      expect(message.startsWith(`${topic} `)).toBe(true);
      const event: Record<string, unknown> = JSON.parse(message.slice(topic.length + 1));
      expect(event).toEqual({
        certificateId: device.id,
        caCertificateId,
        timestamp: expect.any(Number),
        certificateStatus: 'PENDING_ACTIVATION',
        awsAccountId: '123456789012',
        certificateRegistrationTimestamp: null,
      });
      expect(Number(event['timestamp'])).toBeGreaterThanOrEqual(before);
    },
  );

  behaviour(
    'Provisioning leaves the certificate ACTIVE, the thing with its attributes and the policy, all attached; a policy of a document is called by 40 hex digits',
    { known: 'documented', source: 'guide, "Just-in-time provisioning"; API reference, RegisterThing' },
    async () => {
      await bench.explained('provisioned', device.id);
      const { region } = bench.scope();
      expect(region.certificates.get(device.id)).toMatchObject({ status: 'ACTIVE', caCertificateId });
      expect(region.things.get('DemoThing')?.attributes).toEqual({ version: 'v1', country: 'IN' });
      const arn = region.certificateArn(device.id);
      expect([...region.thingPrincipals.leftsOf(arn).keys()]).toEqual(['DemoThing']);
      const [policyName = ''] = region.policyAttachments.leftsOf(arn).keys();
      expect(policyName).toMatch(/^[0-9A-F]{40}$/);
    },
  );

  behaviour(
    'A provisioned device connects with its leaf alone, and its messages arrive',
    { known: 'documented', source: 'AWS Knowledge Center, "How can I use JITP with AWS IoT Core?"' },
    async () => {
      await using testClient = await Subscriber.start([
        ...bench.args(observer, { clientId: 'test-client' }),
        ...['-t', 'DemoThing/test'],
      ]);
      const second = await mosquittoPub([...bench.args(device), ...hello('DemoThing/test')]);
      expect(second.output).toContain('received CONNACK (0)');
      expect(second.output).toContain('received PUBACK');
      expect(second.code).toBe(0);
      expect(await testClient.received(/Hello/)).toBe('DemoThing/test Hello');
    },
  );

  it('lets the device hear its own topics', async () => {
    await using own = await Subscriber.start([...bench.args(device), '-t', 'DemoThing/#']);
    expect(own.output).toContain('Subscribed');
    const told = await mosquittoPub([
      ...bench.args(observer, { clientId: 'test-client' }),
      ...hello('DemoThing/command'),
    ]);
    expect(told.code).toBe(0);
    expect(await own.received(/Hello/)).toBe('DemoThing/command Hello');
  });

  it.each([
    ['AnotherThing', 'DemoThing/test', 'connect-denied', 'a client id that is not the thing name'],
    ['DemoThing', 'foo/bar', 'publish-denied', 'a foreign topic'],
  ])('as %s to %s: lost, %s (%s)', async (clientId, topic, code) => {
    const told = await mosquittoPub([...bench.args(device, { clientId }), ...hello(topic)]);
    expect(told.output).toContain('Error: The connection was lost.');
    expect(told.code).not.toBe(0);
    expect((await bench.explained(code, device.id)).clientId).toBe(clientId);
  });

  it('answers a subscription to a foreign topic with 0x80 and keeps the connection', async () => {
    await using refused = await Subscriber.start([...bench.args(device), '-t', 'foo/#']);
    expect(refused.output).toMatch(/Subscribed \(mid: \d+\): 128|All subscription requests were denied/);
    await bench.explained('subscribe-denied', device.id);
  });

  behaviour(
    'Devices of one template share the policy of its document',
    { known: 'documented', source: 'guide, "Provisioning templates": the name is a hash of the document' },
    async () => {
      const second = await bench.workshop.makeDevice(ca, { subject: '/C=IN/CN=DemoThing2' });
      const { region } = bench.scope();
      const policies = region.policies.size;
      const lost = await mosquittoPub([...bench.args(chainOf(second)), ...hello('foo/bar')]);
      expect(lost.output).toContain('Error: The connection was lost.');
      await bench.explained('provisioned', second.id);
      expect(region.policies.size).toBe(policies);
      const policyOf = (id: string) => [
        ...region.policyAttachments.leftsOf(region.certificateArn(id)).keys(),
      ];
      expect(policyOf(second.id)).toEqual(policyOf(device.id));
      const told = await mosquittoPub([
        ...bench.args(second, { clientId: 'DemoThing2' }),
        ...hello('DemoThing2/test'),
      ]);
      expect(told.code).toBe(0);
    },
  );
});
